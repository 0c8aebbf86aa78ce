"""A dump is of one moment, private, whole or absent, and holds nobody's session."""

import pytest
from sqlalchemy import text

from foundation.backup.dump import make_dump
from foundation.backup.manifest import beside, digest_of, read_manifest
from foundation.backup.programs import ProgramFailed, Programs
from foundation.clock import SystemClock
from foundation.db.address import Unreachable
from foundation.secret import Secret


async def test_the_manifest_says_what_is_in_it(dump, database):
    known = read_manifest(dump.file)

    assert known == dump.manifest
    assert (known.bytes, known.sha256) == (dump.file.stat().st_size, digest_of(dump.file))
    async with database.reading() as db:
        events = await db.scalar(text("SELECT count(*) FROM foundation.audit_log"))
        deployment = await db.scalar(text("SELECT id::text FROM foundation.deployment"))
        assert await db.scalar(text("SELECT count(*) FROM foundation.sessions")) >= 1
    trail = sum(rows for table, rows in known.tables.items() if "audit_log" in table)
    assert (known.deployment, trail, known.tree_size) == (deployment, events, events)
    assert known.tables["foundation.sessions"] == 0
    assert set(known.keys) == {"test"}


async def test_it_is_for_its_owner_alone_and_holds_no_secret(dump):
    for file in (dump.file, beside(dump.file)):
        assert file.stat().st_mode & 0o777 == 0o600
        assert b"the-canary" not in file.read_bytes()
    assert dump.file.parent.stat().st_mode & 0o777 == 0o700


async def test_one_that_fails_leaves_nothing_behind(tmp_path, empty_database_url):
    with pytest.raises(Exception, match="foundation.keys|foundation.deployment"):
        await make_dump(empty_database_url, tmp_path / "dumps", now=SystemClock().now())

    assert [*(tmp_path / "dumps").iterdir()] == []


async def test_a_database_that_is_away_is_told_as_such(tmp_path):
    with pytest.raises(Unreachable):
        await make_dump(Secret("postgresql://127.0.0.1:1/none"), tmp_path, now=SystemClock().now())


def test_a_program_that_is_not_there_is_no_success(tmp_path):
    with pytest.raises((OSError, ProgramFailed)):
        Programs(tmp_path).run("pg_dump", url=Secret("postgresql://h/d"))
