"""Who may do what with projects, by default."""

from foundation.sdk import Role
from foundation_projects.permissions import ATTACH, READ, WRITE


def test_a_viewer_sees_projects():
    assert READ.roles == {Role.VIEWER}


def test_an_operator_changes_projects_and_attaches_credentials():
    assert WRITE.roles == ATTACH.roles == {Role.OPERATOR}
