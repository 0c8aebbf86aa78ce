"""The tables of projects, as the code and as the revisions have them."""

from foundation_projects import plugin
from foundation_projects.models import Base


async def test_the_revisions_make_exactly_these_tables(compare_tables):
    await compare_tables(plugin)


def test_every_table_lies_in_the_plugins_own_schema():
    assert {table.schema for table in Base.metadata.tables.values()} == {"projects"}
