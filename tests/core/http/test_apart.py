"""What is recorded apart stands although the request is undone."""

import pytest
from sqlalchemy import text, update

from foundation.audit.guard import AuditMissing
from foundation.audit.record import Recorder, declared
from foundation.auth import key_events
from foundation.auth.models import User
from foundation.auth.principal import SYSTEM
from foundation.clock import SystemClock
from foundation.http.apart import Apart
from foundation.http.context import Caller, Context
from foundation.http.edge import source_of

EVENT = key_events.REWRAPPED(table="t", values=1, broken=0)


@pytest.fixture
def apart(core_database):
    recorder = Recorder(declared(key_events.ALL), SystemClock(), "test")

    def made(db) -> Apart:
        ctx = Context("r", SYSTEM, "system", db, SystemClock(), None, Caller(""), None, None)
        return Apart(ctx, core_database, lambda c, e: recorder.record(c.db, e, source_of(c)))

    return made


async def _count(database) -> int:
    async with database.reading() as db:
        return await db.scalar(text("SELECT count(*) FROM foundation.audit_log"))


async def test_an_event_apart_outlives_the_request(core_database, apart):
    with pytest.raises(RuntimeError):
        async with core_database.transaction() as db:
            async with apart(db).transaction() as own:
                own.record(EVENT)
            raise RuntimeError

    assert await _count(core_database) == 1


async def test_what_fails_apart_leaves_nothing(core_database, apart):
    with pytest.raises(RuntimeError):
        async with apart(None).transaction() as own:
            own.record(EVENT)
            raise RuntimeError

    assert await _count(core_database) == 0


async def test_a_change_apart_needs_its_event_too(apart):

    with pytest.raises(AuditMissing):
        async with apart(None).transaction() as own:
            await own.db.execute(update(User).values(name="x"))
