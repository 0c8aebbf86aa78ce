"""The table of rows."""

from foundation_feed.models import Row


def test_a_number_of_the_source_is_there_once():
    assert Row.__table__.c.number.unique
    assert Row.__table__.schema == "feed"
