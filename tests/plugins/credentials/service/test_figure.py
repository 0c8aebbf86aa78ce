"""The figure of credentials on the dashboard."""

from types import SimpleNamespace

from foundation_credentials.service.figure import Figure


async def test_it_counts_credentials(database, operator, crm, gate):
    async with database.reading() as db:
        assert await Figure(SimpleNamespace(db=db)).count() == 2
