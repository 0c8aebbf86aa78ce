"""Who may read the trail, by default."""

from foundation.sdk import Role
from foundation_audit.permissions import READ


def test_an_operator_reads_the_trail_and_a_viewer_does_not():
    assert READ.roles == {Role.OPERATOR}
