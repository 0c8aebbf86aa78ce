"""What comes back is what was written, into an empty place, and a trial leaves no trace."""

import pytest
from sqlalchemy import text

from foundation.backup.manifest import NoManifest, beside
from foundation.backup.programs import ProgramFailed
from foundation.backup.restore import NotEmpty, NotWhole, bring_back, read_whole, scratch
from foundation.db.engine import Database

DRILLS = text("SELECT count(*) FROM pg_database WHERE datname LIKE 'foundation_drill_%'")


async def test_a_file_with_other_bytes_is_not_the_one_that_was_written(dump):
    assert read_whole(dump.file) == dump.manifest
    whole = dump.file.read_bytes()
    for other in (whole[:-1], whole + b"x", whole[:-1] + bytes([whole[-1] ^ 1])):
        dump.file.write_bytes(other)
        with pytest.raises(NotWhole, match="is not what was written"):
            read_whole(dump.file)
    beside(dump.file).unlink()
    with pytest.raises(NoManifest):
        read_whole(dump.file)


async def test_it_goes_into_an_empty_database_only(dump, database_url):
    with pytest.raises(NotEmpty, match="restore into an empty one"):
        await bring_back(dump.file, database_url)


async def test_a_dump_cut_short_brings_nothing_back(dump, empty_database_url):
    dump.file.write_bytes(dump.file.read_bytes()[:-2000])

    with pytest.raises(ProgramFailed, match="pg_restore"):
        await bring_back(dump.file, empty_database_url)

    database = Database(empty_database_url, application_name="foundation/tests")
    async with database.reading() as db:
        assert await db.scalar(text("SELECT to_regclass('foundation.users')::text")) is None
    await database.dispose()


async def test_the_place_of_a_trial_is_dropped_also_when_it_fails(database, database_url):
    async def left() -> int:
        async with database.reading() as db:
            return int(await db.scalar(DRILLS))

    with pytest.raises(ZeroDivisionError):
        async with scratch(database_url) as url:
            assert await left() == 1
            assert url.reveal() != database_url.reveal()
            raise ZeroDivisionError
    assert await left() == 0
