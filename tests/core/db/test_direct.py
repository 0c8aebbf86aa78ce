"""Reads past SQLAlchemy: the same rows, one statement, and the same faults."""

import asyncio
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import (
    ARRAY,
    DateTime,
    Integer,
    Numeric,
    Text,
    Uuid,
    bindparam,
    column,
    event,
    func,
    literal,
    select,
    text,
    values,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeDecorator

from foundation.db.direct import Prepared
from foundation.db.engine import Database
from foundation.db.faults import is_retryable, sqlstate, to_error
from foundation.errors import Unavailable

ID = UUID("01a21499-55b9-763d-9c6b-6bab324af166")
WHEN = datetime(2026, 5, 1, tzinfo=UTC)


class Loud(TypeDecorator[str]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.lower()

    def process_result_value(self, value, dialect):
        return value.upper()


KINDS = select(
    literal(ID, Uuid).label("id"),
    literal({"a": [1]}, JSONB).label("json"),
    literal(["x", "y"], ARRAY(Text)).label("list"),
    bindparam("when", type_=DateTime(timezone=True)).label("when"),
    bindparam("word", type_=Loud).label("word"),
)
GIVEN = {"when": WHEN, "word": "Hello"}


@pytest.fixture
async def said():
    """What connections were asked, in order."""
    return []


@pytest.fixture
async def seconds():
    """What each statement took."""
    return []


@pytest.fixture
async def database(empty_database_url, said, seconds):
    database = Database(empty_database_url, observe=seconds.append, acting=lambda: "garden")

    def listen(connection, _record):
        connection.driver_connection.add_query_logger(lambda told: said.append(told.query))

    event.listen(database._engine.sync_engine, "connect", listen)
    yield database
    await database.dispose()


async def _rows(database: Database, select_, given=None):
    async with database.reading() as db:
        return await Prepared(select_).rows(db, given or {})


async def _try(database: Database) -> object:
    try:
        ((one,),) = await _rows(database, select(literal(1)))
    except DBAPIError as lost:
        return "retry" if is_retryable(lost) else lost
    return one


async def test_rows_are_those_that_sqlalchemy_reads(database):
    prepared = Prepared(KINDS)
    async with database.reading() as db:
        (direct,) = await prepared.rows(db, GIVEN)
    async with database.transaction() as db:
        (usual,) = await prepared.rows(db, GIVEN)

    assert tuple(direct) == tuple(usual) == (ID, {"a": [1]}, ["x", "y"], WHEN, "HELLO")
    assert (direct.id, direct.word) == (usual.id, usual.word)


async def test_a_read_sends_one_statement_and_begins_nothing(database, said, seconds):
    await _rows(database, select(literal(1)))
    said.clear()
    seconds.clear()

    await _rows(database, select(literal(2)))

    assert said == ["SELECT $1::INTEGER AS anon_1 /* plugin=garden */"]
    assert len(seconds) == 1


async def test_an_order_by_the_same_column_twice_keeps_both(database):
    numbers = values(column("n", Integer), name="v").data([(1,), (2,)])

    rows = await _rows(database, select(numbers.c.n, numbers.c.n).order_by(numbers.c.n))

    assert [(row.n, *row) for row in rows] == [(1, 1, 1), (2, 2, 2)]


@pytest.mark.parametrize(
    ("asked", "given", "found"),
    [
        (select(literal(3)).where(literal(3).in_(bindparam("n", expanding=True))), {"n": [3]}, 3),
        (select(literal(1.5, Numeric)), {}, 1.5),
    ],
)
async def test_what_is_not_plain_is_left_to_sqlalchemy(database, asked, given, found):
    ((value,),) = await _rows(database, asked, given)

    assert value == found


async def test_a_session_in_use_is_asked_on_its_own_connection(database):
    async with database.reading() as db:
        pid = await db.scalar(select(func.pg_backend_pid()))
        ((same,),) = await Prepared(select(func.pg_backend_pid())).rows(db)

        assert (same, database.connections()[0]) == (pid, 1)


async def test_a_parameter_without_a_value_is_a_fault_of_the_caller(database):
    with pytest.raises(KeyError, match="when"):
        await _rows(database, KINDS, {"word": "x"})


async def test_a_fault_of_the_statement_leaves_a_sound_connection(database):
    with pytest.raises(DBAPIError) as fault:
        await _rows(database, select(1 / (literal(1) - 1)))

    assert sqlstate(fault.value) == "22012"
    assert database.connections()[:2] == (0, 1)
    await database.ping()


async def test_a_statement_that_takes_too_long_is_told_as_such(database):
    async with database.reading() as db:
        await db.execute(text("SELECT set_config('statement_timeout', '20', false)"))

    with pytest.raises(DBAPIError) as fault:
        await _rows(database, select(func.pg_sleep(30)))

    assert isinstance(to_error(fault.value), Unavailable)


async def test_a_dead_connection_costs_at_most_one_attempt(database):
    async with database.reading() as db:
        pid = await db.scalar(select(func.pg_backend_pid()))
    killer = Database(database._url)
    async with killer.reading() as db:
        await db.execute(select(func.pg_terminate_backend(pid)))
    await killer.dispose()

    attempts = [await _try(database), await _try(database)]

    assert attempts in ([1, 1], ["retry", 1])


async def test_a_read_that_is_cut_gives_its_connection_away(database):
    await database.ping()
    asking = asyncio.create_task(_rows(database, select(func.pg_sleep(30))))
    while database.connections()[0] == 0:
        await asyncio.sleep(0.01)
    asking.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asking

    assert database.connections()[0] == 0
    await database.ping()
