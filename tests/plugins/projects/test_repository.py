"""All SQL of projects, asked directly."""

from uuid import UUID

from foundation.ids import uuid7
from foundation_projects import repository
from foundation_projects.repository import Sight
from foundation_projects.schemas import Projects

ALL = Sight(None, is_all=True)


async def test_a_project_is_found_with_what_somebody_is_in_it(database, apollo):
    id, owner = UUID(apollo["id"]), UUID(apollo["owner_id"])
    async with database.reading() as db:
        found = await repository.find(db, id, owner)
        assert found is not None
        row, role = found

        assert (row.slug, role) == ("apollo", "owner")
        assert await repository.find(db, id, uuid7()) == (row, None)
        assert await repository.find(db, id, None) == (row, None)
        assert await repository.find_by_slug(db, "apollo") is row
        assert await repository.ids(db, owner) == {id}


async def test_what_is_not_there_is_none(database):
    async with database.reading() as db:
        assert await repository.find(db, uuid7(), None) is None
        assert await repository.find_by_slug(db, "apollo") is None
        assert await repository.count(db, ALL) == 0
        assert await repository.find_member(db, uuid7(), uuid7()) is None


async def test_a_page_ends_without_a_cursor_and_holds_what_somebody_sees(database, apollo):
    mine, other = Sight(UUID(apollo["owner_id"]), is_all=False), Sight(uuid7(), is_all=False)
    async with database.reading() as db:
        rows, following = await repository.page(db, Projects(), ALL)

        assert [(row.slug, role) for row, role in rows] == [("apollo", None)]
        assert following is None
        assert [role for _, role in (await repository.page(db, Projects(), mine))[0]] == ["owner"]
        assert await repository.page(db, Projects(), other) == ([], None)
        assert [await repository.count(db, eyes) for eyes in (mine, other)] == [1, 0]
