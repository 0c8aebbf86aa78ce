"""The board: every widget in its own card, asked at once, and waited for no longer than one time."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
import structlog

from foundation import ids
from foundation.auth.permissions import Permission, SignedIn
from foundation.auth.principal import Principal
from foundation.errors import Unavailable
from foundation.plugins.added import Contributions
from foundation.plugins.board import AWAY, FAILED, LATE, Board
from foundation.plugins.contributions import Widget
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.shapes import Figure, Figures

ANYBODY = SignedIn("a test")
READ = Permission("orders:order:read", "Read")


@dataclass(frozen=True)
class Asks:
    """A context as far as the board looks at one."""

    principal: Principal
    db: Any = None  # a session
    plugin: str = "dashboard"
    log: Any = field(default_factory=structlog.get_logger)  # any logger

    def acting_as(self, plugin):
        return replace(self, plugin=plugin)


class Sessions:
    """Counts how many sessions are open at most."""

    def __init__(self):
        self.open = self.most = 0

    @asynccontextmanager
    async def reading(self):
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            yield f"session {self.open}"
        finally:
            self.open -= 1


@dataclass
class Warden:
    """Hears how parts end, and keeps the ones it is told to."""

    kept: set = field(default_factory=set)
    heard: list = field(default_factory=list)

    def marked(self, registry):
        return registry

    def is_kept(self, plugin, part):
        return (plugin, part) in self.kept

    async def may_probe(self, plugin, part):
        return False

    def part_ended(self, plugin, part, fault, *, is_probe=False):
        self.heard.append((plugin, part, type(fault).__name__))


async def counts(ctx):
    return Figures(items=(Figure(label=ctx.plugin, value=1),))


async def breaks(ctx):
    raise ZeroDivisionError


async def hangs(ctx):
    await asyncio.Event().wait()


async def is_away(ctx):
    raise Unavailable("nothing offers crm now")


async def says_nothing(ctx):
    return None


async def says_text(ctx):
    return "17"


def widget(look, key="one", **changed):
    told = {"key": key, "title": "Orders", "look": look, "needs": ANYBODY} | changed
    return Widget(**told)


def board(*widgets, warden=None, deadline_s=20.0):
    added = Contributions(widgets=widgets)
    orders = Loaded("orders", "d", "1", State.STARTED, "Orders", contributions=added)
    return Board(Registry((orders,)), Sessions(), warden or Warden(), deadline_s)


def somebody(*permissions):
    return Asks(Principal("user", ids.uuid7(), permissions=frozenset(permissions)))


async def test_what_breaks_or_hangs_is_its_own_card_and_the_others_stand():
    looked = board(
        widget(hangs, "hangs", order=1),
        widget(breaks, "breaks", order=2),
        widget(counts, "counts", order=3),
        widget(is_away, "away", order=4),
        widget(says_text, "text", order=5),
        deadline_s=0.3,
    )

    cards = await looked.look(somebody())

    assert [(card.widget.key, card.error) for card in cards] == [
        ("hangs", LATE),
        ("breaks", FAILED),
        ("counts", ""),
        ("away", "nothing offers crm now"),
        ("text", FAILED),
    ]
    assert cards[2].shown.items[0].label == "orders"
    heard = {(part, fault) for _, part, fault in looked.warden.heard}
    assert heard == {
        ("widget:hangs", "TimeoutError"),
        ("widget:breaks", "ZeroDivisionError"),
        ("widget:text", "TypeError"),
        ("widget:counts", "NoneType"),
    }
    await asyncio.sleep(0)
    assert looked.database.open == 0


async def test_one_request_takes_few_sessions():
    looked = board(*(widget(counts, f"w{n}") for n in range(12)))

    assert len(await looked.look(somebody())) == 12
    assert looked.database.most <= 3


async def test_nobody_is_asked_about_what_they_may_not_see_or_has_nothing_to_say():
    looked = board(widget(counts, "mine", needs=READ), widget(says_nothing, "quiet"))

    assert await looked.look(somebody()) == []
    assert [card.id for card in await looked.look(somebody(READ.name))] == ["orders.mine"]


async def test_a_widget_that_failed_too_often_rests():
    looked = board(widget(counts), warden=Warden(kept={("orders", "widget:one")}))

    assert [card.error for card in await looked.look(somebody())] == [AWAY]


@pytest.mark.parametrize(("shared", "asked"), [(True, 2), (False, 3)])
async def test_what_is_shared_is_kept_for_those_who_may_do_the_same(shared, asked):
    calls = []

    async def notes(ctx):
        calls.append(ctx.principal.id)
        return Figures(items=())

    looked = board(widget(notes, shared=shared))
    for who in (somebody(), somebody(), somebody("other:thing:read")):
        await looked.look(who)

    assert len(calls) == asked
