"""A plugin that changes something can say so, and what it says holds no secret."""

from foundation.secret import Secret
from foundation.testing.conformance.subject import Subject


def test_a_plugin_with_a_changing_route_declares_an_event(subject: Subject) -> None:
    changes = [route for route in subject.routes if route.in_transaction]

    assert bool(changes) <= bool(subject.adds.events)


def test_each_event_has_a_title_in_words(subject: Subject) -> None:
    for event in subject.adds.events:
        assert event.title[0].isupper()
        assert "_" not in event.title


def test_no_detail_holds_a_secret(subject: Subject) -> None:
    leaks = [
        f"{event.name}.{name}"
        for event in subject.adds.events
        for name, field in event.detail.model_fields.items()
        if field.annotation is Secret
    ]

    assert leaks == []
