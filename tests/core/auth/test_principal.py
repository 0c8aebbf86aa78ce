"""A principal may do what its permissions say, and sensitive things only when fresh."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.auth.principal import ANONYMOUS, FRESH, SYSTEM, Principal, SessionRef
from foundation.errors import Forbidden, StepUpRequired, Unauthenticated

READ = Permission("projects:project:read", "Read projects")
WRITE = Permission("projects:project:write", "Change projects")
NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
READER = Principal("user", name="Vera", permissions=frozenset({READ.name}))


def signed_in(ago: timedelta) -> Principal:
    """Return somebody whose sign-in was *ago* before NOW."""
    session = SessionRef(UUID(int=1), NOW - ago, NOW + timedelta(days=7))
    return Principal("user", name="Vera", session=session)


@pytest.mark.parametrize("needs", [READ, SignedIn("own data")])
def test_a_stranger_is_asked_to_sign_in(needs):
    assert not ANONYMOUS.may(needs)
    with pytest.raises(Unauthenticated):
        ANONYMOUS.require(needs)


@pytest.mark.parametrize("somebody", [ANONYMOUS, READER, SYSTEM])
def test_what_is_public_is_open_to_all(somebody):
    somebody.require(Public("probes have no session"))

    assert somebody.may(Public("probes have no session"))


def test_somebody_signed_in_passes_what_needs_only_that():
    READER.require(SignedIn("own data"))

    assert READER.may(SignedIn("own data"))


def test_a_permission_that_is_held_opens_the_door():
    READER.require(READ)

    assert READER.may(READ)


def test_a_permission_that_is_not_held_is_named_in_the_refusal():
    assert not READER.may(WRITE)
    with pytest.raises(Forbidden, match="projects:project:write") as caught:
        READER.require(WRITE)

    assert caught.value.extra == {"permission": "projects:project:write"}


def test_a_permission_with_a_longer_name_is_not_the_same():
    assert not READER.may(Permission(READ.name + "_all", "Read all"))


def test_the_machine_holds_nothing_by_itself():
    assert not SYSTEM.is_anonymous
    with pytest.raises(Forbidden):
        SYSTEM.require(READ)


@pytest.mark.parametrize("ago", [timedelta(0), FRESH])
def test_a_sign_in_of_the_last_five_minutes_is_fresh(ago):
    signed_in(ago).require_fresh(NOW)


def test_an_older_sign_in_is_asked_to_step_up():
    with pytest.raises(StepUpRequired):
        signed_in(FRESH + timedelta(seconds=1)).require_fresh(NOW)


def test_without_a_session_nothing_is_fresh():
    with pytest.raises(StepUpRequired):
        SYSTEM.require_fresh(NOW)
