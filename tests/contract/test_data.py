"""A plugin's tables lie in its schema, its revisions make them, and each is under the guard."""

from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from foundation.db.engine import Database
from foundation.db.migrate import status, upgrade


@asynccontextmanager
async def reading(url):
    database = Database(url, application_name="foundation/contract")
    try:
        async with database.reading() as db:
            yield db
    finally:
        await database.dispose()


@pytest.fixture
def tables(plugin):
    if plugin.adds.tables is None:
        return {}
    return dict(plugin.adds.tables.metadata.tables)


@pytest.fixture
async def migrated(postgres, plugin, registry):
    """A database with core's tables and those of this plugin and of whatever it requires."""
    owner = next((one for one in registry.owners if one.id == plugin.id), None)
    owners = [] if owner is None else [owner]
    url = await postgres.create(owners)
    yield url, owners
    await postgres.drop(url)


def test_its_tables_lie_in_its_own_schema(plugin, tables):
    assert {table.schema for table in tables.values()} <= {plugin.id}


def test_it_refers_to_itself_and_to_users_only_and_says_what_a_deletion_does(plugin, tables):
    for table in tables.values():
        for key in table.foreign_keys:
            schema, _, rest = key.target_fullname.partition(".")

            assert schema == plugin.id or key.target_fullname == "foundation.users.id", rest
            assert key.ondelete is not None, f"{table.fullname}.{key.parent.name}"


async def test_its_revisions_make_the_tables_that_its_models_describe(plugin, tables, migrated):
    url, _ = migrated
    async with reading(url) as db:
        made = await db.scalars(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = :schema"),
            {"schema": plugin.id},
        )
        names = set(made) - {"alembic_version"}

    assert names == {table.name for table in tables.values()}


async def test_a_second_upgrade_changes_nothing(migrated):
    url, owners = migrated

    outcomes = await upgrade(url, owners, say=lambda _: None)

    assert {(one.state, one.applied) for one in outcomes} == {("current", 0)}
    assert all(one.ok for one in await status(url, owners))


async def test_each_of_its_tables_is_under_the_guard_of_the_audit_trail(plugin, tables, migrated):
    url, _ = migrated
    async with reading(url) as db:
        guarded = await db.scalars(
            text(
                "SELECT c.relname FROM pg_catalog.pg_trigger t"
                " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
                " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                " JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid"
                " WHERE n.nspname = :schema AND p.proname = 'require_audit'"
            ),
            {"schema": plugin.id},
        )
        names = set(guarded)

    assert names == {table.name for table in tables.values()}
