"""Who may do what with notes, by default."""

from foundation.sdk import Role
from foundation_hello.permissions import READ, WRITE


def test_a_viewer_reads_and_an_operator_writes():
    assert READ.roles == {Role.VIEWER}
    assert WRITE.roles == {Role.OPERATOR}
