"""A file as a sink."""

import json

from foundation.audit.sinks.file import FileSink
from foundation.audit.sinks.story import Batch, Place


async def test_each_event_is_a_line_and_batches_follow_each_other(tmp_path):
    sink = FileSink("a", tmp_path / "audit.ndjson")
    for number in range(2):
        told = ({"id": f"{number}a"}, {"id": f"{number}b"})
        await sink.send(Batch(Place(1, 0), Place(1, 2), told))

    lines = sink.path.read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["0a", "0b", "1a", "1b"]
    assert sink.path.stat().st_mode & 0o027 == 0
