"""The fourteen broken plugins: each starts nothing, harms nobody, and shows its reason."""

import random
import sys

import pytest

from foundation.plugins.hookspecs import CONTRACT
from foundation.plugins.memory import Memory, Remembered, Snapshot
from foundation.plugins.registry import State
from foundation.plugins.start import PluginsRefused, refuse

BROKEN = [
    ("import_nope", State.IMPORT_ERROR, ["nope", "foundation_import_nope/plugin.py, line 3"]),
    ("exits", State.IMPORT_ERROR, ["sys.exit(1)", "foundation_exits/plugin.py, line 9"]),
    ("newer_api", State.INCOMPATIBLE, [">=9", CONTRACT]),
    ("misspelt", State.INVALID, ["'navigatoin'", "did you mean 'navigation'?"]),
    ("async_hook", State.INVALID, ["permissions is async"]),
    ("hidden_async", State.INVALID, ["permissions returned a coroutine"]),
    ("needs_absent", State.MISSING_DEPENDENCY, ["'absent', which is not installed"]),
    ("needs_broken", State.MISSING_DEPENDENCY, ["'needs_absent', which is missing a dependency"]),
    ("circle_a", State.INVALID, ["circle_a > circle_b > circle_a"]),
    ("circle_b", State.INVALID, ["circle_b > circle_a > circle_b"]),
    ("other_id", State.INVALID, ["'other_id'", "'another'"]),
    ("computed_id", State.INVALID, ["id is computed", "line 6"]),
    ("no_needs", State.INVALID, ["no needs=", '@router.post("/door")', "plugin.py, line 10"]),
    ("none_needed", State.INVALID, ["POST /api/ajar/door", "has no needs="]),
    ("public_table", State.INVALID, ["public.strays", "outside the schema public_table"]),
]
NAMES = [name for name, _, _ in BROKEN]
NEVER_IMPORTED = [
    "newer_api",
    "needs_absent",
    "needs_broken",
    "circle_a",
    "other_id",
    "computed_id",
]


@pytest.fixture
def everything(yard):
    """All broken plugins that a process survives, with the healthy one and the half-broken one."""
    for id in [*NAMES, "healthy", "lodash"]:
        yard.add(id)
    return yard


@pytest.mark.parametrize(("id", "state", "words"), BROKEN, ids=NAMES)
def test_a_broken_plugin_shows_its_state_and_reason(everything, id, state, words):
    broken = everything.load().find(id)

    assert broken.state is state
    assert [word for word in words if word not in broken.reason] == []
    assert broken.mend


def test_broken_plugins_add_nothing_and_harm_nobody(everything):
    registry = everything.load()

    assert [plugin.id for plugin in registry.started if not plugin.builtin] == ["healthy", "lodash"]
    assert {prefix for _, router in registry.routers if (prefix := router.prefix)} >= {"things"}
    assert not {"open", "ajar"} & {router.prefix for _, router in registry.routers}
    assert registry.owners == []
    assert {plugin.id for plugin in registry.faults} == set(NAMES)


@pytest.mark.parametrize("id", NEVER_IMPORTED)
def test_what_cannot_start_anyway_is_not_imported(everything, id):
    everything.load()

    assert f"foundation_{id}" not in sys.modules


def test_a_plugin_that_ended_the_probe_is_not_imported(yard):
    yard.add("dies")
    yard.add("healthy")

    registry = yard.load(dangerous={"dies": "its import ended the probe with exit code 1"})

    dies = registry.find("dies")
    assert (dies.state, "ended the probe" in dies.reason) == (State.IMPORT_ERROR, True)
    assert "foundation_dies" not in sys.modules
    assert registry.find("healthy").is_started


def test_a_page_that_imports_what_nobody_shares_is_refused_and_its_api_stays(everything):
    lodash = everything.load().find("lodash")

    assert lodash.is_started
    assert lodash.contributions.bundle is None
    assert [(part.part, "'lodash'" in part.reason) for part in lodash.refused] == [("page", True)]
    assert "commented" not in lodash.refused[0].reason


def test_strict_mode_refuses_the_start_and_lists_all(everything):
    registry = everything.load(plugins_mode="strict")

    with pytest.raises(PluginsRefused) as refused:
        refuse(registry)

    told = "\n".join(refused.value.problems)
    assert [id for id in [*NAMES, "lodash"] if f"{id} (foundation-" not in told] == []
    assert "healthy" not in told


def test_strict_mode_is_content_when_nothing_is_wrong(yard):
    yard.add("healthy")

    refuse(yard.load(plugins_mode="strict"))


def test_shuffled_entry_points_load_in_the_same_order(everything):
    shuffled = list(everything.installed)
    random.Random(7).shuffle(shuffled)

    orders = [
        [plugin.id for plugin in everything.load(installed=given).plugins]
        for given in (everything.installed, shuffled)
    ]

    assert orders[0] == orders[1]


def test_a_disabled_plugin_leaves_nothing_in_sys_modules(yard):
    yard.add("healthy")

    registry = yard.load(plugins_disabled=("healthy",))

    assert registry.find("healthy").state is State.DISABLED
    assert "foundation_healthy" not in sys.modules


def test_safe_mode_loads_core_alone(yard):
    yard.add("healthy")

    registry = yard.load(plugins_safe=True)

    assert all(plugin.builtin for plugin in registry.started)
    assert {"dashboard", "system"} <= {plugin.id for plugin in registry.started}


def test_a_hook_that_raises_makes_its_plugin_failed_with_the_place(one):
    broken = one(
        """
        @hook
        def permissions():
            return {}["missing"]
        """
    )

    assert broken.state is State.FAILED
    assert "permissions() raised KeyError" in broken.reason
    assert "foundation_orders/plugin.py, line 8" in broken.reason
    assert "Traceback" in broken.trace


def test_a_hook_that_exits_is_held_too(one):
    broken = one("@hook\ndef permissions():\n    raise SystemExit(3)\n")

    assert (broken.state, "sys.exit(3)" in broken.reason) == (State.FAILED, True)


def test_a_manifest_that_changes_during_the_import_is_invalid(one):
    broken = one("import dataclasses\nmanifest = dataclasses.replace(manifest, title='Else')\n")

    assert broken.state is State.INVALID
    assert "manifest changes" in broken.reason


def test_a_plugin_loads_in_the_time_it_took(one):
    started = one("import time\ntime.sleep(0.03)\n")

    assert started.is_started
    assert started.start_ms >= 30


def test_a_newcomer_cannot_take_the_prefix_of_a_plugin_that_had_it(yard):
    body = """
    from foundation.sdk import Router
    router = Router("things")

    @hook
    def routers():
        return [router]
    """
    yard.write("aaa", body)
    yard.add("healthy")
    row = Remembered(
        "healthy", "foundation-healthy", "1", "Healthy", "started",
        Snapshot(prefixes=("things",)), None, None,
    )  # fmt: skip

    registry = yard.load(memory=Memory({"healthy": row}))

    assert "'things' is taken: it belongs to healthy" in registry.find("aaa").reason
    assert registry.find("healthy").is_started


def test_a_router_that_grows_later_adds_nothing(one):
    loaded = one(
        """
        from foundation.sdk import Context, Router, SignedIn
        router = Router("orders")

        @hook
        def routers():
            return [router]
        """
    )
    module = sys.modules["foundation_orders.plugin"]

    async def late(ctx) -> None:
        """Come too late."""

    module.router.get("/late", needs=module.SignedIn("late"))(late)

    assert loaded.contributions.routers[0].routes == []


def test_cores_own_sections_start_through_the_same_hooks(yard):
    registry = yard.load()

    sections = {
        entry.section for plugin in registry.started for entry in plugin.contributions.navigation
    }
    assert {"dashboard", "settings", "plugins"} <= sections


def test_one_wrong_setting_of_a_plugin_is_told_by_its_variable(one):
    body = """
    from foundation.sdk import PluginSettings

    class Settings(PluginSettings):
        retries: int = 3

    @hook
    def settings():
        return Settings
    """

    wrong = one(body, environ={"FOUNDATION_ORDERS_RETRIES": "secret-value"})

    assert wrong.state is State.INVALID
    assert "FOUNDATION_ORDERS_RETRIES" in wrong.reason
    assert "secret-value" not in wrong.reason


def test_what_every_hook_gives_is_in_the_registry(yard):
    yard.add("healthy")

    registry = yard.load(environ={"FOUNDATION_HEALTHY_LIMIT": "5"})

    assert "healthy:thing:read" in {right.name for right in registry.permissions}
    assert "healthy.thing.seen" in {event.name for event in registry.events}
    assert "healthy.counter" in {port.name for port in registry.offers}
    assert ("healthy", "thing") in {(id, resource.name) for id, resource in registry.resources}
    assert ("healthy", "things") in {(id, check.name) for id, check in registry.health_checks}
    assert ("healthy", "mirror") in {(id, one.name) for id, one in registry.subscriptions}
    assert registry.settings["healthy"].limit == 5
