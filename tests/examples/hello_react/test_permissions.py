"""Who is greeted, by default."""

from foundation.sdk import Role
from foundation_hello_react.permissions import READ


def test_a_viewer_is_greeted():
    assert READ.roles == {Role.VIEWER}
