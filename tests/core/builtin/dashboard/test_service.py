"""A figure comes from the plugin that counts, and only for a section that works for the person."""

from dataclasses import dataclass, field

import pytest

from foundation import ids
from foundation.auth.permissions import Permission, SignedIn
from foundation.auth.principal import Principal
from foundation.builtin.dashboard.service import READ_TRAIL, look
from foundation.plugins.contributions import NavEntry, Offer, Services
from foundation.plugins.pages import BuiltinPage, Placeholder
from foundation.plugins.registry import Contributions, Loaded, Registry, State
from foundation.plugins.running import Running
from foundation.plugins.sections import READ_PLUGINS
from foundation.plugins.shared import SharedMap
from foundation.ports import Part, readiness, tally

READ = Permission("orders:order:read", "Read")


class Seventeen:
    """Counts what is not there."""

    async def count(self):
        return 17


class Parts:
    """One part, with something to hide."""

    def parts(self):
        return (Part("redis", ok=True, detail="10.0.0.7"),)


class NoEvents:
    """A trail with nothing in it, that remembers what it was asked."""

    def __init__(self):
        self.asked = []

    async def page(self, filter, *, limit):
        self.asked.append(filter)
        return [], None


@dataclass
class FakeContext:
    """A context with core's ports alone."""

    registry: Registry
    principal: Principal
    trail: NoEvents = field(default_factory=NoEvents)

    def get(self, port):
        if port == readiness:
            return Parts()
        if port.name == "core.trail":
            return self.trail
        return Running(self.registry, SharedMap(), "production", ())

    def acting_as(self, plugin):
        return self


def orders(page, needs=READ):
    offers = (Offer(tally("orders"), lambda ctx: Seventeen()),)
    added = Contributions(
        navigation=(NavEntry("orders", "Orders", "box", needs, page),),
        services=Services(offers=offers),
    )
    return Loaded("orders", "d", "1", State.STARTED, "Orders", contributions=added)


def ask(principal, *plugins):
    return FakeContext(Registry(plugins), principal)


def person(*permissions):
    return Principal("user", ids.uuid7(), permissions=frozenset(permissions))


async def test_a_section_that_counts_has_a_figure():
    seen = await look(ask(person(READ.name), orders(BuiltinPage("orders"))))

    assert [(tile.key, tile.value, tile.to) for tile in seen.tiles] == [("orders", 17, "/s/orders")]


@pytest.mark.parametrize(
    ("who", "page"),
    [(person(), BuiltinPage("orders")), (person(READ.name), Placeholder("later", ""))],
)
async def test_no_figure_for_what_a_person_may_not_see_or_is_not_there(who, page):
    assert (await look(ask(who, orders(page)))).tiles == []


async def test_a_broken_plugin_makes_the_plugins_tile_bad_and_is_named():
    broken = Loaded("stock", "d", "1", State.FAILED, "Stock")

    seen = await look(ask(person(READ_PLUGINS), broken))

    (tile,) = seen.tiles
    assert (tile.tone, tile.detail) == ("bad", "not running: Stock")


async def test_details_of_parts_are_for_people_who_may_read_plugins():
    known, stranger = await look(ask(person(READ_PLUGINS))), await look(ask(person()))

    assert (known.health[0].detail, stranger.health[0].detail) == ("10.0.0.7", None)


async def test_the_trail_is_asked_for_ones_own_events_and_only_by_those_who_may():
    reader, other = ask(person(READ_TRAIL)), ask(person())

    seen, not_seen = await look(reader), await look(other)

    assert (seen.events, not_seen.events) == ([], None)
    assert [filter.actor for filter in reader.trail.asked] == [str(reader.principal.id)]
    assert other.trail.asked == []


async def test_a_section_for_anybody_counts_for_anybody():
    page = orders(BuiltinPage("orders"), needs=SignedIn("a test"))

    assert len((await look(ask(person(), page))).tiles) == 1
