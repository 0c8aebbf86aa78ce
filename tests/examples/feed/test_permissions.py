"""The rights of rows."""

from foundation_feed.permissions import PULL, READ


def test_viewers_read_and_operators_pull():
    assert READ.roles == {"viewer"}
    assert PULL.roles == {"operator"}
