"""Who may do what with sources, by default."""

from foundation.sdk import Role
from foundation_etl.permissions import LOAD, READ, WRITE


def test_a_viewer_reads_and_an_operator_writes_and_loads():
    assert READ.roles == {Role.VIEWER}
    assert WRITE.roles == LOAD.roles == {Role.OPERATOR}
