"""A permission bears its plugin's id, is declared once, and gives only its own plugin's rights."""

import pytest

from foundation.auth.permissions import Permission, Role
from foundation.plugins.checks.permissions import permission_problems


def test_a_right_permission_has_no_problem():
    rights = [
        Permission("orders:order:read", "Read", roles=frozenset({Role.VIEWER})),
        Permission("orders:order:write", "Write", implies=("orders:order:read",)),
    ]

    assert permission_problems("orders", rights) == []


@pytest.mark.parametrize(
    ("permission", "words"),
    [
        (Permission("stock:order:read", "Read"), "is not named orders:thing:verb"),
        (Permission("orders:read", "Read"), "is not named orders:thing:verb"),
        (Permission("orders:order:Read", "Read"), "is not named"),
        (Permission("orders:order:read", ""), "has no title"),
        (Permission("orders:order:read", "R", roles=frozenset({"boss"})), "unknown role 'boss'"),
        (
            Permission("orders:order:read", "R", implies=("credentials:secret:reveal",)),
            "implies 'credentials:secret:reveal', which is not this plugin's",
        ),
    ],
)
def test_a_wrong_permission_is_named(permission, words):
    (problem,) = permission_problems("orders", [permission])

    assert words in problem


def test_a_permission_given_twice_is_told_once():
    right = Permission("orders:order:read", "Read")

    assert permission_problems("orders", [right, right]) == [
        "permission 'orders:order:read' is declared twice"
    ]
