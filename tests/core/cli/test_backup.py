"""Copies are private and whole, kept in order, and made and tried by the clock."""

import asyncio
import os
import re
import sys
from pathlib import Path

from sqlalchemy import text

from foundation.backup.keep import dumps_in
from foundation.backup.manifest import beside, read_manifest
from foundation.cli.backup import backup

from .conftest import CANARY


async def test_a_dump_is_private_whole_and_without_sessions(dump, command, database):
    assert (dump.stat().st_mode & 0o777, beside(dump).stat().st_mode & 0o777) == (0o600, 0o600)
    known = read_manifest(dump)
    async with database.reading() as db:
        sessions = await db.scalar(text("SELECT count(*) FROM foundation.sessions"))
    assert sessions >= 1
    assert known.tables["foundation.sessions"] == 0
    assert known.tables["credentials.secrets"] == 1
    assert known.tree_size > 0
    listed = (await command(backup, "list", "--to", str(dump.parent))).output
    assert dump.name in listed
    assert CANARY.encode() not in dump.read_bytes() + beside(dump).read_bytes()


async def test_a_folder_that_cannot_be_written_is_one_line(command, lived_in, tmp_path):
    (tmp_path / "file").touch()

    refused = await command(backup, "make", "--to", str(tmp_path / "file" / "below"))

    assert refused.exit_code == 2
    assert refused.output.count("\n") == 1


async def test_an_empty_folder_says_how_to_make_one(command, tmp_path):
    listed = await command(backup, "list", "--to", str(tmp_path))
    tried = await command(backup, "drill", "--to", str(tmp_path))

    assert listed.output.endswith("run: foundation backup make\n")
    assert (tried.exit_code, tried.output) == (
        2,
        "there is no dump to try; run: foundation backup make\n",
    )


async def test_times_that_cannot_be_read_are_refused(command):
    refused = await command(backup, "watch", "--cron", "every night")
    elsewhere = await command(backup, "watch", "--zone", "Mars/Olympus")

    assert (refused.exit_code, elsewhere.exit_code) == (2, 2)
    assert "give five fields" in refused.output
    assert "no time zone" in elsewhere.output


async def test_who_watches_makes_the_first_at_once_tries_it_out_and_waits_for_the_night(
    lived_in, foundation_environ, events, tmp_path
):
    """The service of compose: it begins with nothing, and is told to stop."""
    watching = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "foundation.cli", "backup", "watch", "--to", tmp_path / "kept"),
        env=os.environ | foundation_environ,
        stdout=asyncio.subprocess.PIPE,
    )
    assert watching.stdout is not None
    said = []
    async with asyncio.timeout(300):
        while sum(line.startswith("next: ") for line in said) < 3:
            line = (await watching.stdout.readline()).decode()
            assert line, said
            said.append(line)
    status = Path(f"/proc/{watching.pid}/status").read_text("ascii")
    watching.terminate()
    await watching.wait()

    steps = [line.split()[1] for line in said if line.startswith("next: ")]
    assert steps[:2] == ["backup", "drill"]
    assert {"ok  values: all 1 open\n"} <= set(said)
    assert len(dumps_in(tmp_path / "kept")) == 1
    assert [one.outcome for one in await events("system.backup")] == ["success", "success"]
    ((peak,),) = [re.findall(r"\d+", line) for line in status.splitlines() if "VmHWM" in line]
    assert int(peak) < 200_000  # kB, of the 256 MB that its container has
