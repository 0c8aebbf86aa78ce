"""A role holds what plugins propose for it and for the ones below; an admin holds all."""

from foundation.auth.permissions import Permission, Role
from foundation.auth.roles import highest_of, permissions_of

READ = Permission("x:thing:read", "Read", roles=frozenset({Role.VIEWER}))
WRITE = Permission(
    "x:thing:write", "Write", roles=frozenset({Role.OPERATOR}), implies=("x:thing:tag",)
)
TAG = Permission("x:thing:tag", "Tag", implies=("x:thing:write", "y:gone:read"))
REVEAL = Permission("x:thing:reveal", "Reveal")
ALL = (READ, WRITE, TAG, REVEAL)


def test_a_viewer_has_what_is_proposed_for_viewers() -> None:
    assert permissions_of(["viewer"], ALL) == {"x:thing:read"}


def test_an_operator_has_the_viewers_rights_and_what_is_implied() -> None:
    assert permissions_of(["operator"], ALL) == {"x:thing:read", "x:thing:write", "x:thing:tag"}


def test_an_admin_has_everything() -> None:
    assert permissions_of(["admin"], ALL) == {one.name for one in ALL}


def test_without_a_role_or_with_an_unknown_one_there_is_nothing() -> None:
    assert permissions_of([], ALL) == frozenset()
    assert permissions_of(["root", "Admin", ""], ALL) == frozenset()


def test_of_several_roles_the_highest_counts() -> None:
    assert permissions_of(["viewer", "admin", "junk"], ALL) == {one.name for one in ALL}
    assert highest_of(["viewer", "operator"]) is Role.OPERATOR
    assert highest_of(["junk"]) is None
    assert highest_of([]) is None
