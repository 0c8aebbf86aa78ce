"""A route of a plugin that did not start answers 503, with the plugin and what mends it."""

import pytest

from foundation.http.router import Router
from foundation.plugins.added import Contributions
from foundation.plugins.away import CASES, away
from foundation.plugins.memory import Memory, Remembered, Snapshot
from foundation.plugins.registry import Loaded, Registry, State

WORKING = {State.STARTED, State.DISABLED}


def teller(state):
    added = Contributions(routers=(Router("orders"),))
    loaded = Loaded("orders", "d", "1", state, "Orders", mend="do it", contributions=added)
    return away(Registry((loaded,)))


@pytest.mark.parametrize("state", [state for state in State if state not in WORKING])
def test_each_state_has_its_code(state):
    error = teller(state)("/api/orders/17/ship")

    assert (error.status, error.code) == (503, f"plugin_{state.value}")
    assert error.extra == {"plugin": "orders", "command": "do it"}
    assert error.headers == {"Retry-After": "60"}


def test_no_state_is_without_a_case():
    assert CASES.keys() == set(State) - WORKING


@pytest.mark.parametrize("path", ["/api/carts", "/api/", "/orders", "/api/ordersx"])
def test_any_other_path_is_nobodys(path):
    assert teller(State.FAILED)(path) is None


def test_a_disabled_plugin_has_no_routes_at_all():
    assert teller(State.DISABLED)("/api/orders") is None


def test_the_prefix_of_a_plugin_that_does_not_load_is_remembered():
    row = Remembered("orders", "d", "1", "O", "started", Snapshot(prefixes=("carts",)), None, None)
    loaded = Loaded("orders", "d", "1", State.IMPORT_ERROR, "Orders")

    error = away(Registry((loaded,), Memory({"orders": row})))("/api/carts")

    assert error.code == "plugin_import_error"
    assert "Orders is not running" in error.detail
