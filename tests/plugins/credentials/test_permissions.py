"""Who may do what with credentials, by default."""

from foundation.sdk import Role
from foundation_credentials.permissions import ALL, GRANT, READ, REVEAL, WRITE


def test_a_viewer_sees_but_does_not_write():
    assert READ.roles == {Role.VIEWER}
    assert WRITE.roles == {Role.OPERATOR}


def test_nobody_but_an_admin_reveals_unless_given_the_right():
    assert REVEAL.roles == frozenset()


def test_what_lets_values_out_is_sensitive_and_nothing_else_is():
    assert [right for right in ALL if right.sensitive] == [REVEAL, GRANT]
    assert GRANT.roles == frozenset()
