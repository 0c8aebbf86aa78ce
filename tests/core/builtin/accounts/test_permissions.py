"""Only an admin sees and manages users, and managing wants a recent sign-in."""

from foundation.auth.roles import permissions_of
from foundation.builtin.accounts.permissions import ALL, READ, ROLES, WRITE


def test_nobody_but_an_admin_holds_them() -> None:
    assert permissions_of(["operator"], ALL) == frozenset()
    assert permissions_of(["admin"], ALL) == {READ.name, WRITE.name, ROLES.name}


def test_changing_rights_wants_a_recent_sign_in() -> None:
    assert WRITE.sensitive
    assert ROLES.sensitive
    assert not READ.sensitive
