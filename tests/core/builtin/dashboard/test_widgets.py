"""The dashboard's own widgets: what is wrong, and what there is, as far as somebody may know."""

from dataclasses import dataclass, field

import pytest

from foundation import ids
from foundation.auth.permissions import Permission, SignedIn
from foundation.auth.principal import Principal
from foundation.builtin.dashboard.widgets import health, sections
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import NavEntry, Offer, Services
from foundation.plugins.pages import BuiltinPage, Placeholder
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.running import Running
from foundation.plugins.sections import READ_PLUGINS
from foundation.plugins.shared import SharedMap
from foundation.ports import Part, readiness, tally

READ = Permission("orders:order:read", "Read")


class Seventeen:
    """Counts what is not there."""

    async def count(self):
        return 17


@dataclass
class Parts:
    """Two parts that do not work, the less important one first, and one that does."""

    in_time: bool = True

    def parts(self):
        return (
            Part("redis", ok=False, detail="10.0.0.7", required=False),
            Part("vault", ok=False, detail="the key is missing"),
            Part("orders.late", ok=self.in_time, detail="2 late", required=False),
            Part("database", ok=True),
        )


@dataclass
class FakeContext:
    """A context with core's ports alone."""

    registry: Registry
    principal: Principal
    parts: Parts = field(default_factory=Parts)

    def get(self, port):
        if port == readiness:
            return self.parts
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


async def test_a_section_that_counts_has_a_figure_that_leads_to_it():
    seen = await sections(ask(person(READ.name), orders(BuiltinPage("orders"))))

    assert [(one.label, one.value, one.to) for one in seen.items] == [("Orders", 17, "/s/orders")]


@pytest.mark.parametrize(
    ("who", "page"),
    [(person(), BuiltinPage("orders")), (person(READ.name), Placeholder("later", ""))],
)
async def test_no_figure_for_what_a_person_may_not_see_or_is_not_there(who, page):
    assert await sections(ask(who, orders(page))) is None


async def test_a_section_for_anybody_counts_for_anybody():
    page = orders(BuiltinPage("orders"), needs=SignedIn("a test"))

    assert len((await sections(ask(person(), page))).items) == 1


async def test_what_a_plugin_looks_at_is_told_under_its_title():
    context = ask(person(READ_PLUGINS), orders(BuiltinPage("orders")))
    context.parts = Parts(in_time=False)

    shown = await health(context)

    assert ("Orders", "2 late") in {(one.title, one.detail) for one in shown.items}


async def test_what_is_wrong_is_told_the_worst_first_and_why_to_those_who_may_know():
    broken = Loaded("stock", "d", "1", State.FAILED, "Stock", reason="it raised")

    known = await health(ask(person(READ_PLUGINS), broken))
    stranger = await health(ask(person(), broken))

    assert [(one.title, one.detail, one.tone) for one in known.items] == [
        ("Vault", "the key is missing", "bad"),
        ("Redis", "10.0.0.7", "warn"),
        ("Stock", "it raised", "bad"),
    ]
    assert [one.title for one in stranger.items] == ["Vault", "Redis"]
    assert {(one.detail, one.to) for one in stranger.items} == {
        ("It does not work as it should.", None)
    }
    assert known.empty == "Everything works: all parts are well."
