"""Whole lines on a descriptor that several processes share."""

import os
import subprocess
import sys

from foundation.telemetry.sink import Sink

WRITER = """
import os, sys
from pathlib import Path
from foundation.telemetry.sink import Sink
sink = Sink(1, lock=Path(sys.argv[1]))
for n in range(60):
    sink.msg((sys.argv[2] * (9000 if n % 2 else 90)).encode() + b"\\n")
"""


def test_a_line_is_written_as_it_is():
    reading, writing = os.pipe()
    Sink(writing).msg(b"one\n")
    os.close(writing)

    assert os.read(reading, 100) == b"one\n"
    os.close(reading)


def test_every_level_is_a_way_to_write():
    reading, writing = os.pipe()
    sink = Sink(writing)
    for level in ("debug", "info", "warning", "error", "critical", "exception"):
        getattr(sink, level)(level.encode() + b"\n")
    os.close(writing)

    assert len(os.read(reading, 1000).splitlines()) == 6
    os.close(reading)


def test_long_lines_of_several_processes_stay_whole(tmp_path):
    reading, writing = os.pipe()
    command = [sys.executable, "-c", WRITER, str(tmp_path / "lock")]
    writers = [subprocess.Popen([*command, letter], stdout=writing) for letter in "abc"]
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        lines = pipe.read().splitlines()
    codes = [writer.wait() for writer in writers]

    assert codes == [0, 0, 0]
    assert len(lines) == 180
    assert all(len(set(line)) == 1 for line in lines)


def test_a_reader_that_has_gone_is_no_reason_to_fail():
    reading, writing = os.pipe()
    os.close(reading)
    Sink(writing).msg(b"nobody\n")
    os.close(writing)


def test_the_lock_file_is_private_and_given_back(tmp_path):
    sink = Sink(1, lock=tmp_path / "lock")
    sink.close()
    sink.close()

    assert (tmp_path / "lock").stat().st_mode & 0o077 == 0
