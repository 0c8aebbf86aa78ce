"""A file on the host becomes a source with its rows, or nothing does."""

import pytest
from sqlalchemy import select

from foundation.app.command import CommandRefused, Order, Place, perform
from foundation.plugins.scan import installed_plugins
from foundation.testing.people import Events
from foundation_etl.commands import ImportParams
from foundation_etl.models import Source

CSV = b"name,city\nAda,London\nBob,Paris\n"


@pytest.fixture
async def app(platform):
    """A Foundation that has ETL alone."""
    return await platform("etl")


@pytest.fixture
def bring_in(app, tmp_path):
    """Type the command for a file that holds this; None is a file that is not there."""

    async def typed(content):
        file = tmp_path / "people.csv"
        if content is not None:
            file.write_bytes(content)
        order = Order("etl", "import-csv", ImportParams(file=file, name="People"), "cli:ada")
        place = Place({}, installed_plugins(), {})
        return await perform(app.parts.settings, app.parts.database, order, place=place)

    return typed


async def test_a_file_becomes_a_source_with_its_rows_told_as_by_whoever_typed_it(bring_in, app):
    assert await bring_in(CSV) == "People: 2 rows"

    told = await Events(app)("etl.")
    assert [event.type for event in told] == ["etl.source.added", "etl.source.loaded"]
    assert {event.actor.name for event in told} == {"cli:ada"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "people.csv: No such file or directory"),
        (b"\xff", "is not UTF-8 text"),
        (b"", "is empty or too long"),
        (b"name,name\n1,2\n", "the first line names each field, once"),
    ],
)
async def test_what_cannot_be_read_leaves_nothing(bring_in, app, content, words):
    with pytest.raises(CommandRefused, match=words):
        await bring_in(content)

    async with app.parts.database.reading() as db:
        assert (await db.scalars(select(Source))).all() == []
    assert await Events(app)("etl.") == []
