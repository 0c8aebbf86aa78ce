"""Names that do not carry the plugin's id are seen."""

import pytest

from foundation.plugins.registry import Refusal, State
from foundation.sdk import EventType, Permission
from foundation.testing.conformance import names


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        (names.test_it_starts_and_nothing_of_it_is_refused, {"loaded": {"state": State.FAILED}}),
        (
            names.test_it_starts_and_nothing_of_it_is_refused,
            {"loaded": {"refused": (Refusal("page", "missing"),)}},
        ),
        (
            names.test_its_id_is_that_of_its_package_and_distribution,
            {"facts": {"name": "my-projects"}},
        ),
        (
            names.test_its_permissions_are_its_id_a_thing_and_a_verb,
            {"permissions": (Permission("other:thing:read", "Read"),)},
        ),
        (
            names.test_its_events_are_its_id_a_thing_and_a_past_verb,
            {"events": (EventType("other.thing.read", "Read"),)},
        ),
        (
            names.test_no_name_is_declared_twice,
            {"events": (EventType("projects.a.b", "B"), EventType("projects.a.b", "B"))},
        ),
        (names.test_its_readme_says_what_it_is, {"facts": {"readme": "# Short"}}),
        (
            names.test_it_pins_no_version_of_what_it_shares_with_core,
            {"facts": {"requires": ["pydantic==2.14"]}},
        ),
        (names.test_it_declares_what_its_wheel_must_say, {"facts": {"license": ""}}),
    ],
)
def test_each_fault_is_seen(check, changes, broken, whole):
    check(whole)

    with pytest.raises(AssertionError):
        check(broken(**changes))
