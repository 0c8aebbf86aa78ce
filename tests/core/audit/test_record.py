"""The recorder: an event becomes a row of the caller's transaction."""

from typing import Annotated

import pytest
from pydantic import ValidationError
from sqlalchemy import select, text

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Detail, EventType, Plain, Target
from foundation.audit.models import AuditRow
from foundation.audit.record import MAX_EVENTS, Recorder, declared, recorded
from foundation.clock import SystemClock
from foundation.db.engine import Database

ADA = Actor("user", ids.uuid7(), "Ada", ids.uuid7())
SOURCE = Source(ADA, "things", "r1")


class Moved(Detail):
    to: Annotated[str, Plain]


MOVED = EventType("things.thing.moved", "Thing moved", Moved, targets=("thing",), severity="high")
OTHER = EventType("things.thing.eaten", "Thing eaten")


@pytest.fixture
def recorder():
    return Recorder(declared([MOVED]), SystemClock(), "1.2.3")


@pytest.fixture
async def db(core_database_url):
    database = Database(core_database_url, application_name="foundation/tests")
    yield database
    await database.dispose()


async def rows(db):
    async with db.reading() as session:
        return list(await session.scalars(select(AuditRow)))


async def test_a_row_says_who_did_what_to_what_and_where(db, recorder):
    project = ids.uuid7()
    async with db.transaction() as session:
        event = MOVED(Target("thing", "7", "Lamp"), reason="spring", project_id=project, to="attic")
        recorder.record(session, event, SOURCE)

    (row,) = await rows(db)
    assert (row.type, row.type_version, row.plugin, row.severity) == (
        "things.thing.moved",
        1,
        "things",
        "high",
    )
    assert (row.actor_type, row.actor_id, row.actor_name) == ("user", ADA.id, "Ada")
    assert (row.session_ref, row.request_id, row.app_version) == (ADA.session, "r1", "1.2.3")
    assert (row.target_type, row.target_id, row.target_title) == ("thing", "7", "Lamp")
    assert (row.outcome, row.reason, row.project_id) == ("success", "spring", project)
    assert row.detail == {"to": "attic"}
    assert abs((row.recorded_at - row.occurred_at).total_seconds()) < 60


async def test_an_event_goes_with_its_transaction(db, recorder):
    with pytest.raises(RuntimeError):
        async with db.transaction() as session:
            recorder.record(session, MOVED(to="attic"), SOURCE)
            await session.flush()
            raise RuntimeError

    assert await rows(db) == []


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (OTHER(), "not among the declared"),
        (EventType(MOVED.name, "Forged", Moved, version=2)(to="x"), "not among the declared"),
        (MOVED(Target("house", "1"), to="x"), "is about"),
    ],
)
async def test_what_was_not_declared_is_refused_before_any_write(db, recorder, event, reason):
    async with db.transaction() as session:
        with pytest.raises(ValueError, match=reason):
            recorder.record(session, event, SOURCE)

    assert await rows(db) == []


def test_a_wrong_detail_makes_no_event():
    with pytest.raises(ValidationError):
        MOVED(to="attic", password="hunter2")


async def test_too_many_events_in_one_transaction_are_refused(db, recorder):
    async with db.transaction() as session:
        for _ in range(MAX_EVENTS):
            recorder.record(session, MOVED(to="x"), SOURCE)
        with pytest.raises(ValueError, match="record a count"):
            recorder.record(session, MOVED(to="x"), SOURCE)

    assert len(await rows(db)) == MAX_EVENTS


async def test_a_transaction_knows_whose_events_it_recorded(db, recorder):
    async with db.transaction() as session:
        recorder.record(session, MOVED(to="x"), SOURCE)

        assert recorded(session) == ("things",)


def test_a_name_declared_twice_is_refused():
    with pytest.raises(ValueError, match="declared twice"):
        declared([MOVED, MOVED])


async def test_hostile_names_are_kept_harmless(db, recorder):
    actor = Actor("user", ids.uuid7(), "a\0" + "x" * 5_000)
    async with db.transaction() as session:
        recorder.record(
            session, MOVED(Target("thing", "\0", "\ud800"), to="x"), Source(actor, "t", "r")
        )

    (row,) = await rows(db)
    assert row.actor_name.startswith("a\ufffdx")
    assert len(row.actor_name) < 250
    assert (row.target_id, row.target_title) == ("\ufffd", "\ufffd")


async def test_an_event_is_never_changed_again(db, recorder):
    async with db.transaction() as session:
        recorder.record(session, MOVED(to="x"), SOURCE)

    for sql in ("UPDATE foundation.audit_log SET type = 'x'", "DELETE FROM foundation.audit_log"):
        with pytest.raises(Exception, match="is refused"):
            async with db.transaction() as session:
                await session.execute(text(sql))
    assert len(await rows(db)) == 1
