"""What is installed is found, sorted and filtered before anything is imported."""

import dataclasses

import pytest

from foundation.plugins.memory import NO_MEMORY, Memory, Remembered, Snapshot
from foundation.plugins.registry import State
from foundation.plugins.scan import BUILTINS, Installed, choose, installed_plugins
from foundation.settings import PluginChoice


@pytest.fixture
def chosen(yard):
    """Choose among what the yard has, by the settings given."""

    def choose_among(memory=NO_MEMORY, **choice):
        settings = PluginChoice(data=yard.folder, **choice)
        return choose(settings, installed=yard.installed, memory=memory)

    return choose_among


def row(id, dist):
    return Remembered(id, dist, "1", id, "started", Snapshot(), None, None)


def test_the_bundled_plugins_are_found_by_their_entry_points():
    found = installed_plugins()

    assert {"audit", "credentials", "projects"} <= {one.id for one in found}
    assert found == sorted(found, key=lambda one: (one.id, one.dist))
    assert next(one for one in found if one.id == "audit").module == "foundation_audit.plugin"


def test_core_has_five_of_its_own():
    assert [one.id for one in BUILTINS] == ["accounts", "dashboard", "live", "runs", "system"]


def test_all_are_wanted_unless_named(yard, chosen):
    yard.write("orders")
    yard.write("stock")

    candidates, refused = chosen(plugins_disabled=("stock",))

    assert [one.id for one in candidates] == ["orders"]
    assert [(one.id, one.state) for one in refused] == [("stock", State.DISABLED)]
    assert "FOUNDATION_PLUGINS_DISABLED" in refused[0].mend


def test_on_a_hardened_host_only_the_listed_are_wanted(yard, chosen):
    yard.write("orders")
    yard.write("stock")

    candidates, refused = chosen(plugins_autoload="listed", plugins_enabled=("stock",))

    assert [one.id for one in candidates] == ["stock"]
    assert refused[0].mend == "add orders to FOUNDATION_PLUGINS_ENABLED"


def test_two_distributions_of_one_id_are_both_invalid(yard, chosen):
    yard.write("orders")
    yard.add("orders", dist="evil-orders")

    candidates, refused = chosen()

    assert candidates == []
    assert {one.dist for one in refused} == {"evil-orders", "foundation-orders"}
    assert all("evil-orders and foundation-orders" in one.reason for one in refused)


def test_the_distribution_that_had_the_id_first_keeps_it(yard, chosen):
    yard.write("orders")
    yard.add("orders", dist="evil-orders")

    candidates, refused = chosen(memory=Memory({"orders": row("orders", "foundation-orders")}))

    assert [one.installed.dist for one in candidates] == ["foundation-orders"]
    assert [one.dist for one in refused] == ["evil-orders"]


def test_nobody_takes_an_id_of_core(yard, chosen):
    yard.installed += [*BUILTINS, Installed("system", "foundation_x.plugin", "evil", "1")]

    candidates, refused = chosen(memory=Memory({"system": row("system", "evil")}))

    assert [one.id for one in candidates if one.installed.builtin] == [one.id for one in BUILTINS]
    assert [(one.dist, one.state) for one in refused] == [("evil", State.INVALID)]


def test_an_entry_point_names_a_module_not_an_object(yard, chosen):
    yard.write("orders")
    yard.installed = [Installed("orders", "foundation_orders.plugin:plugin", "d", "1")]

    _, refused = chosen()

    assert "names an object" in refused[0].reason


def off(id):
    return Memory({id: dataclasses.replace(row(id, f"foundation-{id}"), enabled=False)})


def test_what_the_ledger_switched_off_is_disabled_and_says_how_to_have_it(yard, chosen):
    yard.add("healthy")

    candidates, (refused,) = chosen(memory=off("healthy"))

    assert [one for one in candidates if one.id == "healthy"] == []
    assert (refused.state, refused.mend) == (State.DISABLED, "foundation plugin enable healthy")


def test_a_plugin_the_environment_lists_is_wanted_whatever_the_switch_says(yard, chosen):
    yard.add("healthy")

    candidates, _ = chosen(
        memory=off("healthy"), plugins_autoload="listed", plugins_enabled=("healthy",)
    )

    assert [one.id for one in candidates] == ["healthy"]
