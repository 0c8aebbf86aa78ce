"""The registry holds what became of every plugin, and gives only what started ones add."""

import dataclasses

import pytest

from foundation.audit.events import EventType
from foundation.auth.permissions import Permission
from foundation.http.router import Router
from foundation.plugins.added import Contributions
from foundation.plugins.memory import Memory, Remembered, Snapshot
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.trail import CORE_EVENTS
from foundation.ports import Catalogue


def loaded(id, state=State.STARTED, **added):
    return Loaded(id, f"d-{id}", "1", state, contributions=Contributions(**added))


@pytest.fixture
def registry():
    right = Permission("a:thing:read", "Read")
    return Registry(
        (
            loaded("a", permissions=(right,), routers=(Router("as"),)),
            loaded("b", State.FAILED, events=(EventType("bb.thing.done", "Done"),)),
            loaded("c", State.DISABLED),
        )
    )


def test_only_what_starts_counts(registry):
    assert [plugin.id for plugin in registry.started] == ["a"]
    assert [right.name for right in registry.permissions] == ["a:thing:read"]
    assert registry.events == CORE_EVENTS
    assert [(id, router.prefix) for id, router in registry.routers] == [("a", "as")]


def test_a_disabled_plugin_is_no_fault(registry):
    assert [plugin.id for plugin in registry.faults] == ["b"]


def test_required_plugins_that_did_not_start_are_missing(registry):
    assert registry.missing(["a", "b", "gone"]) == ("b", "gone")


def test_a_prefix_is_away_when_its_plugin_is(registry):
    rows = {
        "b": Remembered("b", "d-b", "1", "B", "started", Snapshot(prefixes=("bs",)), None, None)
    }
    remembering = dataclasses.replace(registry, memory=Memory(rows))

    assert remembering.away("bs").id == "b"
    assert remembering.away("as") is None
    assert registry.away("bs") is None


def test_marking_gives_another_registry_and_leaves_this_one(registry):
    failed = dataclasses.replace(registry.find("a"), state=State.FAILED)

    marked = registry.marked({"a": failed})

    assert marked.started == ()
    assert registry.find("a").is_started


def test_nothing_of_it_can_be_changed(registry):
    with pytest.raises(dataclasses.FrozenInstanceError):
        registry.plugins = ()


def test_it_is_a_catalogue(registry):
    catalogue: Catalogue = registry

    assert catalogue.permissions[0].title == "Read"
