"""A change that nobody can say, and a secret in what is said, are seen."""

from typing import Annotated

import pytest

from foundation.sdk import Detail, EventType, Plain, Secret
from foundation.testing.conformance import audit


class Leaky(Detail):
    """What the sdk lets nobody declare: a field that is a secret."""

    token: Annotated[str, Plain]


Leaky.model_fields["token"].annotation = Secret


def _leaky() -> EventType:
    return EventType("projects.project.read", "Read", Leaky)


@pytest.mark.parametrize(
    ("check", "events"),
    [
        (audit.test_a_plugin_with_a_changing_route_declares_an_event, ()),
        (audit.test_each_event_has_a_title_in_words, (EventType("projects.a.b", "not_words"),)),
        (audit.test_no_detail_holds_a_secret, (_leaky(),)),
    ],
)
def test_each_fault_is_seen(check, events, broken, whole):
    check(whole)

    with pytest.raises(AssertionError):
        check(broken(events=events))
