"""What the platform says of plugins is declared, and names whoever did it."""

from foundation.plugins import trail
from foundation.plugins.registry import Registry


def test_every_event_of_the_platform_is_declared_under_core():
    assert {event.plugin for event in trail.CORE_EVENTS} == {"core"}
    assert set(trail.CORE_EVENTS) <= set(Registry(()).events)


def test_whoever_types_a_command_is_named_by_their_account():
    assert trail.operator("ada").name == "cli:ada"


def test_a_plugin_without_a_title_is_named_by_its_id():
    assert (trail.target("orders").title, trail.target("orders", "Orders").title) == (
        "orders",
        "Orders",
    )
