"""A change without its audit event does not reach its commit."""

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.audit.actor import Actor, Source
from foundation.audit.events import EventType
from foundation.audit.guard import UNAUDITED, AuditMissing, watch
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.db.model import metadata_for

MADE = EventType("things.thing.made", "Thing made")
RECORDER = Recorder(declared([MADE]), SystemClock(), "1")


class Base(DeclarativeBase):
    metadata = metadata_for("things")


class Thing(Base):
    __tablename__ = "things"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]


class Seen(Base):
    __tablename__ = "seen"
    __table_args__ = {"info": {UNAUDITED: "nobody changes anything by being seen"}}

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


@pytest.fixture
async def db(core_database_url):
    database = Database(core_database_url, application_name="foundation/tests")
    async with database.transaction() as session:
        await session.execute(text("CREATE SCHEMA things"))
        await session.execute(text("CREATE TABLE things.things (id int PRIMARY KEY, name text)"))
        await session.execute(text("CREATE TABLE things.seen (id int PRIMARY KEY)"))
        await session.execute(text("INSERT INTO things.things VALUES (1, 'a')"))
    yield database
    await database.dispose()


async def names(db):
    async with db.reading() as session:
        return list(await session.scalars(select(Thing.name).order_by(Thing.id)))


def say(session):
    RECORDER.record(session, MADE(), Source(Actor("system"), "things", "r"))


async def add(session):
    session.add(Thing(id=2, name="b"))


async def change(session):
    (await session.get(Thing, 1)).name = "z"


async def remove(session):
    await session.delete(await session.get(Thing, 1))


async def bulk_insert(session):
    await session.execute(insert(Thing), [{"id": 3, "name": "c"}])


async def bulk_update(session):
    await session.execute(update(Thing).values(name="z"))


async def bulk_delete(session):
    await session.execute(delete(Thing))


async def core_insert(session):
    table = Base.metadata.tables["things.things"]
    await session.execute(table.insert().values(id=3, name="c"))


WRITES = [add, change, remove, bulk_insert, bulk_update, bulk_delete, core_insert]


@pytest.mark.parametrize("write", WRITES)
async def test_a_change_nobody_told_is_undone(db, write):
    with pytest.raises(AuditMissing, match="things.things"):
        async with db.transaction() as session:
            watch(session)
            await write(session)

    assert await names(db) == ["a"]


@pytest.mark.parametrize("write", WRITES)
@pytest.mark.parametrize("first", [True, False])
async def test_a_change_is_kept_with_its_event_before_or_after_it(db, write, first):
    async with db.transaction() as session:
        watch(session)
        if first:
            say(session)
        await write(session)
        if not first:
            await session.flush()
            say(session)

    assert await names(db) != ["a"]


async def test_a_change_that_was_flushed_long_ago_counts(db):
    with pytest.raises(AuditMissing):
        async with db.transaction() as session:
            watch(session)
            await add(session)
            await session.flush()
            await session.execute(select(Thing))


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO things.things VALUES (9, 'x')",
        "update things.things set name = 'x'",
        "  DELETE FROM things.things",
        "WITH gone AS (DELETE FROM things.things RETURNING id) SELECT * FROM gone",
        "TRUNCATE things.things",
    ],
)
async def test_a_write_in_plain_text_is_refused(db, sql):
    async with db.transaction() as session:
        watch(session)
        with pytest.raises(AuditMissing, match="text()"):
            await session.execute(text(sql))


async def test_plain_text_that_reads_or_locks_is_let_through(db):
    async with db.transaction() as session:
        watch(session)
        await session.execute(text("SELECT id FROM things.things FOR UPDATE"))
        await session.execute(text("SELECT pg_advisory_xact_lock(1)"))


async def test_a_table_that_says_why_needs_no_event(db):
    async with db.transaction() as session:
        watch(session)
        session.add(Seen(id=1))


async def test_looking_and_changing_nothing_needs_no_event(db):
    async with db.transaction() as session:
        watch(session)
        thing = await session.get(Thing, 1)
        thing.name = "a"


async def test_a_transaction_nobody_watches_is_free(db):
    async with db.transaction() as session:
        await add(session)

    assert await names(db) == ["a", "b"]
