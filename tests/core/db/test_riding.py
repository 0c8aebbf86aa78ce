"""Rows that ride with a flush: kept and undone with the transaction, wherever it may go."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from foundation.audit.models import ROW as EVENT
from foundation.db.model import SchemaInfo
from foundation.db.riding import Insertion, has_ridden, ride

TABLE = SchemaInfo.__table__
ROW = Insertion.into(TABLE)


def values(owner):
    return {"owner": owner, "revision": f"{owner}_1", "generation": 1, "readable_from": 1}


async def owners(database):
    async with database.reading() as db:
        asked = select(SchemaInfo.owner).where(SchemaInfo.generation == 1)
        found = await db.scalars(asked.where(SchemaInfo.owner.startswith("ride")))
        return sorted(found)


async def test_rows_that_ride_are_written_with_the_commit(database):
    async with database.transaction() as db:
        ride(db, ROW, values("ride_a"))
        ride(db, ROW, values("ride_b"))
        assert not has_ridden(db.sync_session, TABLE)

    assert await owners(database) == ["ride_a", "ride_b"]
    assert has_ridden(db.sync_session, TABLE)


async def test_a_query_of_the_same_transaction_finds_them(database):
    async with database.transaction() as db:
        ride(db, ROW, values("ride_a"))

        assert await db.scalar(select(SchemaInfo.revision).where(SchemaInfo.owner == "ride_a"))


async def test_a_savepoint_takes_back_what_was_added_in_it_and_nothing_else(database):
    async with database.transaction() as db:
        ride(db, ROW, values("ride_before"))
        point = await db.begin_nested()
        ride(db, ROW, values("ride_waiting"))
        await point.rollback()
        point = await db.begin_nested()
        ride(db, ROW, values("ride_flushed"))
        await db.flush()
        await point.rollback()
        async with db.begin_nested():
            ride(db, ROW, values("ride_released"))

    assert await owners(database) == ["ride_before", "ride_released"]


async def test_a_row_that_cannot_be_written_does_not_let_the_rest_pass(database):
    with pytest.raises(DBAPIError):
        async with database.transaction() as db:
            db.add(SchemaInfo(**values("ride_a")))
            ride(db, ROW, values("ride_a"))
            with pytest.raises(DBAPIError):
                await db.flush()

    assert await owners(database) == []


async def test_a_session_that_reads_carries_none(database):
    async with database.reading() as db:
        with pytest.raises(TypeError, match="only reads"):
            ride(db, ROW, values("ride_a"))


def test_the_database_fills_in_what_is_left_out():
    assert "revision" not in Insertion.into(TABLE, but={"revision"}).names
    assert set(ROW.names) == {column.key for column in TABLE.columns}
    assert ROW.sql.count("$") == len(ROW.names)


def test_what_is_stored_as_json_is_spelled_for_the_driver():
    given = dict.fromkeys(EVENT.names) | {"detail": {"to": "attic"}}
    assert EVENT.row(given)[EVENT.names.index("detail")] == '{"to": "attic"}'
