"""A plugin without what it needs does not start, and neither do those that need it."""

import pytest

from foundation.plugins.added import Contributions
from foundation.plugins.contributions import Manifest, Offer, Services
from foundation.plugins.dependencies import missing_plugin, settled, spoken
from foundation.plugins.registry import Loaded, Registry, State
from foundation.ports import Port

PORT = Port[object]("stock.counter", 1)


def loaded(id, *, requires=(), state=State.STARTED, version="1.5", services=None):
    added = Contributions(services=services or Services())
    manifest = Manifest(id, id, ">=1", tuple(requires))
    return Loaded(id, f"d-{id}", version, state, manifest=manifest, mend="m", contributions=added)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "'stock', which is not installed"),
        ({"stock": loaded("stock", state=State.IMPORT_ERROR)}, "which is failing at import"),
        ({"stock": loaded("stock", version="0.9")}, "version 0.9 is installed"),
    ],
)
def test_a_missing_plugin_is_named_with_what_mends_it(known, words):
    found = missing_plugin(Manifest("a", "A", ">=1", ("stock>=1",)), known)

    assert words in found.reason
    assert found.mend


def test_a_started_plugin_of_the_right_version_is_not_missing():
    known = {"stock": loaded("stock")}

    assert missing_plugin(Manifest("a", "A", ">=1", ("stock>=1,<2",)), known) is None


def test_a_port_nobody_offers_takes_its_plugin_and_then_those_that_need_that():
    registry = Registry(
        (
            loaded("a", services=Services(needs=(PORT,))),
            loaded("b", requires=["a"]),
            loaded("c"),
        )
    )

    found = settled(registry)

    assert [plugin.id for plugin in found.started] == ["c"]
    assert "stock.counter 1" in found.find("a").reason
    assert found.find("b").state is State.MISSING_DEPENDENCY


def test_an_offered_port_and_cores_own_are_there():
    core = Port[object]("core.thing", 1)
    registry = Registry(
        (
            loaded("a", services=Services(needs=(PORT, core))),
            loaded("stock", services=Services(offers=(Offer(PORT, lambda _: object()),))),
        )
    )

    assert settled(registry) is registry


def test_another_major_of_a_port_is_another_port():
    registry = Registry(
        (
            loaded("a", services=Services(needs=(Port("stock.counter", 2),))),
            loaded("stock", services=Services(offers=(Offer(PORT, lambda _: object()),))),
        )
    )

    assert settled(registry).find("a").state is State.MISSING_DEPENDENCY


def test_a_state_is_spoken_as_people_say_it():
    assert spoken(State.NEEDS_MIGRATION) == "waiting for a migration"
    assert spoken(State.DISABLED) == "disabled"
