"""The database's sessions: what they commit, refuse and tell."""

import asyncio
import json
import time

import pytest
from sqlalchemy import Text, cast, insert, literal, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError

from foundation.db.engine import Database, OutcomeUnknown, ReadsOnly, Unreachable
from foundation.db.model import SchemaInfo
from foundation.secret import Secret

COUNT = text("SELECT count(*) FROM foundation.schema_info WHERE owner = 'x'")


def _row(owner: str = "x") -> SchemaInfo:
    return SchemaInfo(owner=owner, revision="x_00000001", generation=1, readable_from=1)


async def _count(database: Database) -> int:
    async with database.reading() as db:
        return await db.scalar(COUNT)


async def test_a_transaction_keeps_what_was_added(database):
    async with database.transaction() as db:
        db.add(_row())

    assert await _count(database) == 1


async def test_a_transaction_that_fails_keeps_nothing(database):
    with pytest.raises(KeyError):
        async with database.transaction() as db:
            db.add(_row())
            await db.flush()
            raise KeyError

    assert await _count(database) == 0


async def test_a_cancelled_transaction_keeps_nothing_and_the_pool_works_on(database):
    async def slow() -> None:
        async with database.transaction() as db:
            db.add(_row())
            await db.flush()
            await db.execute(text("SELECT pg_sleep(5)"))

    task = asyncio.create_task(slow())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert await _count(database) == 0


async def test_rows_can_be_read_after_the_transaction(database):
    async with database.transaction() as db:
        row = _row()
        db.add(row)

    assert row.revision == "x_00000001"


async def test_a_reading_session_has_no_transaction_and_sees_the_newest(database):
    async with database.reading() as db:
        before = await db.scalar(COUNT)
        async with database.transaction() as writer:
            writer.add(_row())

        assert (before, await db.scalar(COUNT)) == (0, 1)
        assert await db.scalar(text("SELECT pg_current_xact_id_if_assigned()::text")) is None


async def test_a_connection_that_was_read_from_is_in_a_transaction_again_when_written_with(
    database,
):
    async with database.reading() as db:
        await db.scalar(COUNT)
    with pytest.raises(KeyError):
        async with database.transaction() as db:
            await db.execute(text("DELETE FROM foundation.schema_info"))
            raise KeyError

    async with database.reading() as db:
        assert await db.scalar(text("SELECT count(*) FROM foundation.schema_info")) > 0


@pytest.mark.parametrize(
    "statement",
    [
        insert(SchemaInfo).values(owner="x", revision="", generation=1, readable_from=1),
        update(SchemaInfo).values(generation=2),
        text("DELETE FROM foundation.schema_info"),
        text("  delete from foundation.schema_info"),
        text("WITH gone AS (DELETE FROM foundation.schema_info RETURNING 1) SELECT * FROM gone"),
        text("TRUNCATE foundation.schema_info"),
        text("SELECT * INTO foundation.other FROM foundation.schema_info"),
        text("SELECT 1 FROM foundation.schema_info FOR UPDATE"),
    ],
)
async def test_a_reading_session_refuses_a_statement_that_writes(database, statement):
    async with database.reading() as db:
        with pytest.raises(ReadsOnly, match="only reads"):
            await db.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        select(SchemaInfo),
        text("SELECT 1"),
        text(" (select 'a') union (select 'b')"),
        text("WITH one AS (SELECT 1) SELECT * FROM one"),
        text("SHOW server_version"),
        text("VALUES (1)"),
    ],
)
async def test_a_reading_session_reads(database, statement):
    async with database.reading() as db:
        assert (await db.execute(statement)).all()


@pytest.mark.parametrize("told", ["[" * 400 + "]" * 400, f'{{"a": [1.5, null, {10**30}]}}', '"é"'])
async def test_json_is_read_whole_however_deep_and_however_large_a_number(database, told):
    async with database.reading() as db:
        found = await db.scalar(select(cast(literal(told, Text), JSONB)))

    assert found == json.loads(told)


async def test_a_reading_session_refuses_to_flush_what_was_added_changed_or_deleted(database):
    async with database.reading() as db:
        db.add(_row())
        with pytest.raises(ReadsOnly):
            await db.flush()
    async with database.reading() as db:
        (await db.scalars(select(SchemaInfo))).first().generation = 99
        with pytest.raises(ReadsOnly):
            await db.flush()
    async with database.reading() as db:
        await db.delete((await db.scalars(select(SchemaInfo))).first())
        with pytest.raises(ReadsOnly):
            await db.flush()


async def test_the_refusals_do_not_reach_sessions_that_write(database):
    async with database.reading():
        async with database.transaction() as db:
            await db.execute(update(SchemaInfo).values(readable_from=1))


async def test_the_server_ends_what_takes_too_long(database):
    async with database.reading() as db:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        told = [await db.scalar(text("SELECT current_setting(:name)"), {"name": n}) for n in names]

    assert told == ["5s", "500ms", "10s"]


async def test_the_server_shows_who_is_connected(database_url):
    database = Database(database_url, application_name="foundation/7")
    async with database.reading() as db:
        assert await db.scalar(text("SHOW application_name")) == "foundation/7"
    await database.dispose()


async def test_values_are_not_in_an_error(database):
    with pytest.raises(DBAPIError) as fault:
        async with database.reading() as db:
            await db.execute(text("SELECT CAST(:a AS int) / 0"), {"a": 4711})

    assert "4711" not in str(fault.value)


async def test_a_ninth_session_waits_and_then_says_that_all_are_busy(database):
    async with asyncio.TaskGroup() as group:
        full = asyncio.Event()
        held = 0

        async def hold() -> None:
            nonlocal held
            async with database.reading() as db:
                await db.execute(text("SELECT 1"))
                held += 1
                await full.wait()

        for _ in range(8):
            group.create_task(hold())
        while held < 8:
            await asyncio.sleep(0.01)
        with pytest.raises(Exception, match="QueuePool limit"):
            await database.ping()
        full.set()


async def test_each_statement_is_timed(database_url):
    seconds: list[float] = []
    database, began = Database(database_url, observe=seconds.append), time.perf_counter()
    async with database.reading() as db:
        await db.execute(text("SELECT pg_sleep(0.05)"))
    whole = time.perf_counter() - began
    await database.dispose()

    assert len(seconds) == 1
    assert 0.05 <= seconds[0] < whole


async def test_a_server_that_is_away_fails_the_ping_with_a_reason():
    database = Database(Secret("postgresql://u:p@127.0.0.1:1/x"))

    with pytest.raises(Unreachable):
        await database.ping()


async def test_a_connection_lost_before_the_commit_surely_did_nothing(database):
    with pytest.raises(DBAPIError) as lost:
        async with database.transaction() as db:
            await _cut_own(database, db)
            db.add(_row())

    assert not isinstance(lost.value, OutcomeUnknown)


async def test_a_connection_lost_during_the_commit_leaves_the_outcome_unknown(database):
    with pytest.raises(OutcomeUnknown):
        async with database.transaction() as db:
            db.add(_row())
            await db.flush()
            await _cut_own(database, db)


async def _cut_own(database: Database, db) -> None:
    """End the connection of *db* from another one."""
    pid = await db.scalar(text("SELECT pg_backend_pid()"))
    async with database.reading() as other:
        await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        while await other.scalar(
            text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid"), {"pid": pid}
        ):
            await asyncio.sleep(0.01)


async def test_a_statement_says_whose_it_is(core_database_url):
    whose: list[str | None] = ["orders"]
    database = Database(core_database_url, acting=lambda: whose[0])
    asked = text("SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()")
    async with database.reading() as db:
        said = await db.scalar(asked)
        whose[0] = None
        silent = await db.scalar(asked)
    await database.dispose()

    assert said.endswith("/* plugin=orders */")
    assert "plugin=" not in silent


async def test_a_connection_apart_does_what_no_transaction_may_and_has_no_limit(core_database):
    async with core_database.apart() as connection:
        await connection.execute(text("VACUUM foundation.deployment"))
        limits = [
            await connection.scalar(text("SHOW " + name))
            for name in ("statement_timeout", "lock_timeout")
        ]

    assert limits == ["0", "0"]
