"""The first steps of projects: a fact ticks each off."""

from dataclasses import dataclass, field
from typing import Any

from foundation.auth.principal import SYSTEM
from foundation.ports import credential_directory, trail
from foundation_projects.permissions import WRITE
from foundation_projects.widgets import ALL, first_steps


@dataclass
class Trail:
    """A trail that holds what was told."""

    told: list = field(default_factory=list)

    async def page(self, asked, *, limit):
        assert (asked.type, limit) == ("projects.credential.attached", 1)
        return self.told, None


@dataclass
class Asks:
    """A context of somebody who sees everything."""

    db: Any  # a session
    ports: dict
    principal = SYSTEM

    def get(self, port):
        return self.ports[port]

    def find(self, port):
        return self.ports.get(port)


async def test_the_steps_are_done_when_it_has_happened(operator, apollo, db):
    done = Asks(db, {credential_directory: object(), trail: Trail(["attached"])})
    begun = Asks(db, {credential_directory: object(), trail: Trail()})
    alone = Asks(db, {})

    assert [[step.done for step in (await first_steps(one)).steps] for one in (done, begun)] == [
        [True, True],
        [True, False],
    ]
    assert len((await first_steps(alone)).steps) == 1


def test_they_are_for_those_who_may_begin_one():
    assert [widget.needs for widget in ALL] == [WRITE]
