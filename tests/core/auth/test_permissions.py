"""Permissions and roles are plain, frozen data."""

import dataclasses

import pytest

from foundation.auth.permissions import Permission, Public, Role, SignedIn


def test_a_role_is_its_word_so_it_goes_into_the_database_as_it_is():
    assert [f"{role}" for role in Role] == ["viewer", "operator", "admin"]


def test_a_permission_proposes_no_role_and_is_not_sensitive_by_itself():
    permission = Permission("projects:project:read", "Read projects")

    assert permission.roles == frozenset()
    assert permission.implies == ()
    assert not permission.sensitive


@pytest.mark.parametrize("needs", [SignedIn("why"), Public("why")])
def test_a_reason_is_not_changed_afterwards(needs):
    with pytest.raises(dataclasses.FrozenInstanceError):
        needs.reason = "other"


def test_a_permission_of_the_same_name_and_words_is_the_same():
    assert len({Permission("a:b:c", "x"), Permission("a:b:c", "x")}) == 1


@pytest.mark.parametrize("open_to", [SignedIn, Public])
def test_being_open_wants_a_reason(open_to):
    with pytest.raises(TypeError):
        open_to()
