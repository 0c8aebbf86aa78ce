"""All SQL of projects, asked directly."""

from uuid import UUID

from foundation.ids import uuid7
from foundation_projects import repository
from foundation_projects.schemas import Projects


async def test_a_project_is_found_by_id_and_by_slug(database, apollo):
    async with database.reading() as db:
        by_id = await repository.find(db, UUID(apollo["id"]))

        assert by_id is not None
        assert await repository.find_by_slug(db, "apollo") is by_id


async def test_what_is_not_there_is_none(database):
    async with database.reading() as db:
        assert await repository.find(db, uuid7()) is None
        assert await repository.find_by_slug(db, "apollo") is None
        assert await repository.count(db) == 0


async def test_a_page_ends_without_a_cursor(database, apollo):
    async with database.reading() as db:
        rows, following = await repository.page(db, Projects())

    assert [row.slug for row in rows] == ["apollo"]
    assert following is None
