"""The shape of a sink: each kind has it."""

from pathlib import Path
from typing import assert_type

from foundation.audit.sinks.file import FileSink
from foundation.audit.sinks.sink import Sink, SinkRefused


def test_a_kind_of_sink_satisfies_the_protocol():
    sink: Sink = FileSink("a", Path("/x"))

    assert_type(sink.name, str)
    assert sink.name == "a"
    assert issubclass(SinkRefused, Exception)
