"""What sessions, tokens, roles and invitations take: exact, bounded, nothing unknown."""

import pytest
from pydantic import ValidationError

from foundation.builtin.accounts.schemas_access import NewInvitation, NewRole, NewToken, RoleChange

TOKEN = '{"name": "ci", "scopes": ["a:b:c"]%s}'


@pytest.mark.parametrize(
    "more",
    [
        "",
        ', "networks": ["192.0.2.0/24", "2001:db8::/32", "192.0.2.1"]',
        ', "expires_at": "2030-01-01T00:00:00Z"',
    ],
)
def test_a_token_says_what_it_may_and_how_long(more) -> None:
    assert NewToken.model_validate_json(TOKEN % more).scopes == ["a:b:c"]


@pytest.mark.parametrize(
    "more",
    [
        ', "networks": ["192.0.2.1/24"]',
        ', "networks": "192.0.2.0/24"',
        ', "expires_at": "2030-01-01T00:00:00"',
        ', "user_id": "x"',
    ],
)
def test_anything_else_is_no_token(more) -> None:
    with pytest.raises(ValidationError):
        NewToken.model_validate_json(TOKEN % more)


@pytest.mark.parametrize("name", ["a", "A-b", "1a", "a b", "a" * 41, "a\n"])
def test_a_role_is_named_as_an_address(name) -> None:
    with pytest.raises(ValidationError):
        NewRole(name=name, title="x", permissions=["a:b:c"])


def test_a_role_without_a_right_is_none_and_a_change_may_leave_rights_alone() -> None:
    with pytest.raises(ValidationError):
        RoleChange(permissions=[])
    assert RoleChange(title="x").permissions is None


@pytest.mark.parametrize("days", [0, 31, 1.5, "7"])
def test_an_invitation_lives_a_month_at_most(days) -> None:
    with pytest.raises(ValidationError):
        NewInvitation(email="eve@example.org", days=days)
