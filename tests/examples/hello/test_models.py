"""The table of notes, as the code and as the revision have it."""

from alembic import command

from foundation.db.address import direct_engine
from foundation.db.history import config_for
from foundation.db.step import Step


async def test_the_revision_makes_exactly_this_table(database_url, installed_owners):
    (owner,) = [each for each in installed_owners if each.id == "hello"]
    config = config_for(owner)
    engine = direct_engine(
        database_url, application_name="foundation/tests", server={"search_path": ""}
    )

    def check(connection):
        config.attributes["step"] = Step(owner, connection)
        command.check(config)

    async with engine.connect() as connection:
        await connection.run_sync(check)
    await engine.dispose()
