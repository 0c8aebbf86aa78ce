"""A plugin that changes something can say so; its events are documented."""

from foundation.secret import Secret


def test_a_plugin_with_a_changing_route_declares_an_event(plugin):
    changes = [route for route in plugin.routes if route.in_transaction]

    assert bool(changes) <= bool(plugin.adds.events)


def test_each_event_has_a_title_in_words(plugin):
    for event in plugin.adds.events:
        assert event.title[0].isupper()
        assert "_" not in event.title


def test_no_detail_holds_a_secret(plugin):
    leaks = [
        f"{event.name}.{name}"
        for event in plugin.adds.events
        for name, field in event.detail.model_fields.items()
        if field.annotation is Secret
    ]

    assert leaks == []
