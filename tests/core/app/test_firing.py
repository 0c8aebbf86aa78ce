"""A due schedule: what its owner may now, and whether its project lets it."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from foundation.app import firing
from foundation.app.firing import Standing
from foundation.auth.permissions import Permission, Role
from foundation.clock import SystemClock
from foundation.errors import Conflict, Forbidden, NotFound
from foundation.ids import uuid7
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import Job, Offer, Services
from foundation.ports import project_access
from foundation.runs.job import Known
from foundation.runs.models import Schedule
from foundation.runs.schedules import Refusal

TAKE = Permission("things:thing:take", "Take things", roles=frozenset({Role.OPERATOR}))


async def nothing(_ctx, _params):
    """Do nothing."""


@dataclass
class Access:
    """Projects as far as a schedule asks: each answer is what the test says."""

    fault: Exception | str | None = None

    async def require(self, project_id, role="editor"):
        if isinstance(self.fault, str):
            await self.db.execute(text(self.fault))
        elif self.fault is not None:
            raise self.fault

    def of(self, ctx):
        self.db = ctx.db
        return self


@pytest.fixture
def world(core_database, kit):
    """Ada may take things and Bob may not; projects answer as told."""
    job = Job("things.take", title="Take", params=Permission, run=nothing, needs=TAKE)
    access = Access()
    runs = SimpleNamespace(
        id="runs", contributions=Contributions(services=Services(wants=(project_access,)))
    )
    registry = SimpleNamespace(
        jobs={"things.take": Known(job, "things", "things")},
        permissions=[TAKE],
        settings={},
        started=[runs],
        offers={project_access: ("projects", Offer(project_access, access.of))},
    )
    return SimpleNamespace(access=access, registry=registry, database=core_database, kit=kit)


async def ask(world, owner_id, project_id=None):
    standing = Standing(world.registry, ring=None, clock=SystemClock())
    row = Schedule(kind="things.take", owner_id=owner_id, project_id=project_id)
    async with world.database.transaction() as db:
        answer = await standing(db, row)
        assert await db.scalar(text("SELECT 1")) == 1  # the transaction goes on
    return answer


async def test_the_rights_of_this_moment_decide(world):
    ada = await world.kit.add_user(world.database, roles=("operator",))
    bob = await world.kit.add_user(world.database, subject="bob", roles=("viewer",))

    assert await ask(world, ada) is None
    assert await ask(world, None) is None  # what a plugin proposed is the machine's own
    assert await ask(world, bob) == Refusal(firing.NOT_THE_JOB, lasting=True)
    assert await ask(world, uuid7()) == Refusal(firing.GONE, lasting=True)


async def test_its_project_decides_too_and_one_that_cannot_be_asked_only_for_now(world):
    ada, project = await world.kit.add_user(world.database, roles=("operator",)), uuid7()
    lost, gone = Refusal(firing.NOT_THE_PROJECT, lasting=True), Refusal(firing.UNKNOWN)

    for fault, refusal in (
        (None, None),
        (NotFound(), lost),
        (Forbidden(), lost),
        (Conflict(), Refusal(firing.ARCHIVED)),
        (RuntimeError("a fault of the plugin"), gone),
        ("SELECT * FROM projects.nowhere", gone),
    ):
        world.access.fault = fault
        assert await ask(world, ada, project) == refusal

    world.registry.offers = {}
    assert await ask(world, ada, project) == gone
