"""Who may read the trail and take it out, by default."""

from foundation.sdk import Role
from foundation_audit.permissions import EXPORT, READ


def test_an_operator_reads_the_trail_and_a_viewer_does_not():
    assert READ.roles == {Role.OPERATOR}


def test_only_an_admin_takes_the_trail_out():
    assert EXPORT.roles == frozenset()
