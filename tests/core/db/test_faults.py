"""What a database error means to the caller, with errors as PostgreSQL really raises them."""

import asyncio
from uuid import UUID

import pytest
from asyncpg import InvalidCachedStatementError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from foundation.db.engine import Database
from foundation.db.faults import (
    OutcomeUnknown,
    broken_constraint,
    in_words,
    is_lost,
    is_retryable,
    sqlstate,
    to_error,
)
from foundation.errors import Conflict, Invalid, NotFound, PreconditionFailed, Unavailable


async def _fault(database: Database, *statements: str, **parameters: object) -> DBAPIError:
    with pytest.raises(DBAPIError) as caught:
        async with database.transaction() as db:
            for statement in statements:
                await db.execute(text(statement), parameters)
    return caught.value


async def test_a_unique_key_that_is_taken_is_a_conflict_with_a_name(database):
    insert = "INSERT INTO foundation.event_types (name, version, title, plugin, severity) VALUES ('a.b.c', 1, '', 'a', 'low')"

    fault = await _fault(database, insert, insert)

    assert isinstance(to_error(fault), Conflict)
    assert isinstance(fault, IntegrityError)
    assert broken_constraint(fault) == "pk_event_types"
    assert not is_retryable(fault)


async def test_a_reference_to_nothing_is_a_conflict(database):
    fault = await _fault(
        database,
        "INSERT INTO foundation.user_roles (user_id, role, source) VALUES (:id, 'admin', 'local')",
        id=UUID(int=1),
    )

    assert isinstance(to_error(fault), Conflict)


async def test_a_character_that_cannot_be_stored_is_invalid(database):
    fault = await _fault(database, "SELECT CAST(:word AS text)", word="a\0b")

    assert isinstance(to_error(fault), Invalid)


async def test_a_statement_that_takes_too_long_is_unavailable_with_a_time_to_come_back(database):
    fault = await _fault(database, "SET LOCAL statement_timeout = 10", "SELECT pg_sleep(1)")
    told = to_error(fault)

    assert sqlstate(fault) == "57014"
    assert isinstance(told, Unavailable)
    assert told.headers == {"Retry-After": "1"}
    assert not is_retryable(fault)


async def test_a_lock_that_is_not_had_in_time_is_tried_three_times(database):
    lock = "LOCK TABLE foundation.event_types"
    async with database.transaction() as holder:
        await holder.execute(text(lock))

        fault = await _fault(database, "SET LOCAL lock_timeout = 10", lock)

    assert [is_retryable(fault, attempt=attempt) for attempt in (1, 2, 3, 4)] == [
        True,
        True,
        True,
        False,
    ]
    assert isinstance(to_error(fault), Unavailable)


async def test_a_lost_race_is_tried_again(database):
    level = "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"
    read = "SELECT count(*) FROM foundation.keys"
    write = "INSERT INTO foundation.keys (kid, fingerprint, check_nonce, check_ct, state) VALUES (:kid, '', '', '', 'x')"

    async def run(kid: str, *, meanwhile=None) -> None:
        async with database.transaction() as db:
            await db.execute(text(level))
            await db.execute(text(read))
            if meanwhile is not None:
                await meanwhile()
            await db.execute(text(write), {"kid": kid})

    with pytest.raises(DBAPIError) as lost:
        await run("a", meanwhile=lambda: run("b"))

    assert sqlstate(lost.value) == "40001"
    assert is_retryable(lost.value)


async def test_a_connection_that_was_cut_is_tried_again_once(database, database_url):
    async with database.reading() as db:
        pid = await db.scalar(text("SELECT pg_backend_pid()"))
    await _cut(database_url, pid)

    with pytest.raises(DBAPIError) as cut:
        async with database.reading() as db:
            await db.execute(text("SELECT 1"))

    assert is_lost(cut.value)
    assert [is_retryable(cut.value, attempt=attempt) for attempt in (1, 2)] == [True, False]
    assert isinstance(to_error(cut.value), Unavailable)
    await database.ping()


async def _cut(url, pid: int) -> None:
    """End the one idle connection of the pool from outside it, and wait until it is gone."""
    other = Database(url, application_name="foundation/other")
    async with other.reading() as db:
        await db.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        while await db.scalar(
            text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid"), {"pid": pid}
        ):
            await asyncio.sleep(0.01)
    await other.dispose()


async def test_a_plan_that_a_migration_made_stale_is_tried_as_often_as_a_lost_race(
    database, database_url
):
    read = text("SELECT * FROM foundation.schema_info")
    async with database.reading() as db:
        await db.execute(read)
    other = Database(database_url)
    async with other.transaction() as db:
        await db.execute(text("ALTER TABLE foundation.schema_info ADD COLUMN more text"))
    await other.dispose()

    with pytest.raises(DBAPIError) as stale:
        async with database.transaction() as db:
            await db.execute(read)

    assert "InvalidCachedStatementError" in str(stale.value)
    # The first attempt may have waited for the migration's lock in vain.
    tried = [is_retryable(stale.value, attempt=attempt) for attempt in (1, 2, 3, 4)]
    assert tried == [True, True, True, False]


def test_a_plan_that_is_stale_again_when_the_driver_itself_was_asked_is_tried_anew():
    stale = DBAPIError(None, None, InvalidCachedStatementError("must not change result type"))

    assert is_retryable(stale)
    assert isinstance(to_error(stale), Unavailable)


async def test_a_wrong_statement_is_a_fault_of_ours(database):
    fault = await _fault(database, "SELECT nonsense")

    assert to_error(fault) is None
    assert not is_retryable(fault)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (StaleDataError(), PreconditionFailed),
        (PoolTimeout(), Unavailable),
        (NotFound("x"), NotFound),
        (OutcomeUnknown(), OutcomeUnknown),
    ],
)
def test_a_fault_without_a_state_is_told_by_its_kind(fault, told):
    assert type(to_error(fault)) is told


def test_what_is_not_of_the_database_is_nobodys_word():
    assert to_error(ValueError("x")) is None
    assert not is_retryable(ValueError("x"))


def test_an_unknown_outcome_is_never_tried_again():
    assert not is_retryable(OutcomeUnknown())


async def test_operators_read_the_servers_own_words(database):
    fault = await _fault(database, "SELECT nonsense")

    assert in_words(fault) == 'column "nonsense" does not exist'
    assert in_words(KeyError()) == "KeyError"
