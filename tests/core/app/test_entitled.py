"""The rights of somebody who is not here at the moment."""

from types import SimpleNamespace

import pytest
from sqlalchemy import text

from foundation.app.entitled import still_may
from foundation.auth.permissions import Permission, Role
from foundation.ids import uuid7
from foundation.plugins.contributions import Job
from foundation.runs.job import Known, Work

TAKE = Permission("things:thing:take", "Take things", roles=frozenset({Role.OPERATOR}))


async def nothing(_ctx, _params):
    """Do nothing."""


@pytest.fixture
def may():
    job = Job("things.take", title="Take", params=Permission, run=nothing, needs=TAKE)
    plain = Work("things.plain", title="Plain", params=Permission, run=nothing)
    jobs = {work.kind: Known(work, "things", "things") for work in (job, plain)}
    return still_may(SimpleNamespace(jobs=jobs, permissions=[TAKE]))


async def test_the_roles_of_this_moment_decide(core_database, kit, may):
    ada = await kit.add_user(core_database, roles=("operator",))
    bob = await kit.add_user(core_database, subject="bob", roles=("viewer",))
    async with core_database.reading() as db:
        assert await may(db, ada, "things.take")
        assert not await may(db, bob, "things.take")
        assert await may(db, bob, "things.plain")
        assert not await may(db, uuid7(), "things.take")
        assert not await may(db, ada, "things.unknown")


async def test_who_is_disabled_may_nothing(core_database, kit, may):
    ada = await kit.add_user(core_database, roles=("operator",))
    async with core_database.transaction() as db:
        await db.execute(text("UPDATE foundation.users SET enabled = false"))
        await kit.audited(db)
    async with core_database.reading() as db:
        assert not await may(db, ada, "things.take")
