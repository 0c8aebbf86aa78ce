"""Copies are private and whole, and what is asked for wrongly is told."""

from sqlalchemy import text

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
