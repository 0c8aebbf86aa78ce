"""The rights of runs."""

from foundation.builtin.runs.permissions import ALL, OPERATE, READ


def test_viewers_look_and_operators_act():
    assert READ.roles == {"viewer"}
    assert OPERATE.roles == {"operator"}
    assert all(permission.name.startswith("runs:") for permission in ALL)
