"""The figure of projects on the dashboard."""

from types import SimpleNamespace

from foundation_projects.service.figure import Figure


async def test_it_counts_projects_that_are_not_archived(database, operator, apollo):
    gemini = (await operator.post("/api/projects", {"slug": "gemini", "name": "Gemini"})).json
    await operator.post(f"/api/projects/{gemini['id']}/archive")

    async with database.reading() as db:
        assert await Figure(SimpleNamespace(db=db)).count() == 1
