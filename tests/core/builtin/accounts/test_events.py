"""The trail tells of sign-ins and rights, and its details hold nothing secret."""

from foundation.audit.events import EventType
from foundation.audit.redact import kept
from foundation.builtin.accounts import events


def test_every_event_is_listed_and_named_after_its_plugin() -> None:
    declared = [one for one in vars(events).values() if isinstance(one, EventType)]

    assert set(declared) == set(events.ALL)
    assert {one.plugin for one in events.ALL} == {"accounts"}


def test_what_went_wrong_ranks_high() -> None:
    assert {events.SIGNIN_FAILED.severity, events.STEPUP_FAILED.severity} == {"high"}


def test_a_detail_is_kept_as_it_is_marked() -> None:
    told = events.SIGNED_IN(address="192.0.2.1", browser="x", is_new=True, granted="admin")

    assert kept(told.detail) == {
        "address": "192.0.2.1",
        "browser": "x",
        "is_new": True,
        "granted": "admin",
    }
