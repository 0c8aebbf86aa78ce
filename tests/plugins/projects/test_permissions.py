"""Who may do what with projects, by default."""

from foundation.auth.roles import permissions_of
from foundation.sdk import Role
from foundation_projects.permissions import ALL, ATTACH, ENTER, MANAGE, READ, TAKE_PART, WRITE


def test_a_viewer_sees_every_project_and_works_in_their_own():
    assert permissions_of([Role.VIEWER], ALL) == {READ.name, ENTER.name, TAKE_PART.name}


def test_an_operator_changes_projects_and_attaches_credentials():
    held = permissions_of([Role.OPERATOR], ALL)

    assert {WRITE.name, ATTACH.name} <= held
    assert MANAGE.name not in held


def test_a_right_over_every_project_lets_one_in():
    for right in (READ, WRITE, ATTACH, MANAGE):
        assert ENTER.name in permissions_of([], ALL, grants=[right.name])
