"""Another schema that depends on the plugin's tables is seen."""

import pytest
from sqlalchemy import text

from foundation.db.address import direct_engine
from foundation.testing.conformance import removal


class Depended:
    """Migrates, and then lets somebody else point into the plugin's tables."""

    def __init__(self, migrate):
        self.migrate = migrate

    async def __call__(self, *ids):
        url = await self.migrate(*ids)
        engine = direct_engine(url, application_name="foundation/tests", server={})
        async with engine.connect() as connection, connection.begin():
            await connection.execute(text("CREATE SCHEMA other"))
            await connection.execute(
                text("CREATE TABLE other.x (id uuid REFERENCES projects.projects (id))")
            )
        await engine.dispose()
        return url


async def test_a_foreign_key_from_elsewhere_is_seen(whole, migrate):
    await removal.test_nobody_depends_on_its_tables(whole, migrate)

    with pytest.raises(AssertionError):
        await removal.test_nobody_depends_on_its_tables(whole, Depended(migrate))
