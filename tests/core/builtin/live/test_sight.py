"""Only one run is asked for; how it is asked within a project is in ../runs/test_scope.py."""

from dataclasses import dataclass, field

from foundation.auth.principal import Principal
from foundation.builtin.live.sight import Sight
from foundation.ids import uuid7
from foundation.ports import run_sight

ADA, BOB = Principal("user"), Principal("user", permissions=frozenset({"runs:run:read"}))


@dataclass(frozen=True)
class Asked:
    """What a context is to it, and to the section of runs, which shows them to Bob alone."""

    principal: Principal
    db: object
    seen: list = field(default_factory=list)

    def get(self, port):
        assert port is run_sight
        return self

    async def sees(self, id):
        self.seen.append((id, self.db))
        return self.principal is BOB


async def test_one_run_is_asked_for_with_the_eyes_of_whoever_follows_now():
    ctx, later, run = Asked(ADA, "request"), object(), uuid7()
    sight = Sight(ctx)

    assert not await sight(ADA, f"runs.run:{run}", None)
    assert await sight(BOB, f"runs.run:{run}", later)
    assert ctx.seen == [(run, "request"), (run, later)]


async def test_what_says_only_that_it_has_changed_is_not_asked_for():
    ctx = Asked(ADA, "request")
    for key in ("runs.run", "audit", "feed.row:7"):
        assert await Sight(ctx)(ADA, key, None)
    assert not await Sight(ctx)(ADA, "runs.run:none", None)
    assert ctx.seen == []
