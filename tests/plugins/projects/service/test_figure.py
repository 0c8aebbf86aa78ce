"""The figure of projects on the dashboard."""

from types import SimpleNamespace

from foundation.auth.principal import SYSTEM, Principal
from foundation.ids import uuid7
from foundation_projects.service.figure import Figure


async def test_it_counts_active_projects_that_somebody_sees(database, operator, apollo):
    gemini = (await operator.post("/api/projects", {"slug": "gemini", "name": "Gemini"})).json
    await operator.post(f"/api/projects/{gemini['id']}/archive", if_match=1)

    async with database.reading() as db:
        assert await Figure(SimpleNamespace(db=db, principal=SYSTEM)).count() == 1
        other = Principal("user", uuid7())
        assert await Figure(SimpleNamespace(db=db, principal=other)).count() == 0
