"""A plugin whose tables do not suit its code waits, and so do those that need it."""

import dataclasses

import pytest
from sqlalchemy import text

from foundation.db.engine import Database
from foundation.plugins.fit import fit
from foundation.plugins.loader import load
from foundation.plugins.registry import State
from foundation.plugins.scan import installed_plugins
from foundation.settings import PluginChoice


@pytest.fixture
def registry(tmp_path):
    return load(PluginChoice(data=tmp_path), installed=installed_plugins(), environ={})


async def test_on_migrated_tables_all_start(registry, database):
    assert (await fit(registry, database)) == registry
    assert registry.find("projects").is_started


async def test_without_its_tables_a_plugin_waits_for_the_migration(registry, core_database_url):
    database = Database(core_database_url)

    found = await fit(registry, database)
    await database.dispose()

    waiting = found.find("projects")
    assert waiting.state is State.NEEDS_MIGRATION
    assert waiting.mend == "foundation db upgrade --plugin projects"
    assert "its tables are not there yet" in waiting.reason
    assert found.find("etl_stub").is_started
    assert [owner.id for owner in found.owners] == [owner.id for owner in registry.owners]


async def test_whoever_needs_a_waiting_plugin_waits_too(registry, core_database_url):
    database = Database(core_database_url)
    stub = registry.find("etl_stub")
    needy = dataclasses.replace(
        stub, manifest=dataclasses.replace(stub.manifest, requires=("projects",))
    )

    found = await fit(registry.marked({"etl_stub": needy}), database)
    await database.dispose()

    assert found.find("etl_stub").state is State.MISSING_DEPENDENCY


async def test_a_database_newer_than_the_code_is_incompatible(registry, database):
    async with database.transaction() as db:
        await db.execute(
            text(
                "UPDATE foundation.schema_info SET revision = 'projects_ffffffff',"
                " generation = 99, readable_from = 99 WHERE owner = 'projects'"
            )
        )

    found = (await fit(registry, database)).find("projects")

    assert found.state is State.INCOMPATIBLE
    assert "pip install --upgrade foundation-projects" in found.mend
