"""The table of saved filters, as the code and as the revisions have it."""

from foundation_audit import plugin
from foundation_audit.models import Base, SavedFilter


async def test_the_revisions_make_exactly_these_tables(compare_tables):
    await compare_tables(plugin)


def test_the_table_lies_in_the_plugins_own_schema():
    assert {*Base.metadata.tables} == {"audit.filters"}


def test_what_a_person_keeps_goes_with_them():
    (key,) = SavedFilter.__table__.foreign_keys

    assert (key.target_fullname, key.ondelete) == ("foundation.users.id", "CASCADE")
