"""Test databases: fresh for each test, made quickly, and gone afterwards."""

import os
import time

import pytest
from sqlalchemy import text

from foundation.db.address import direct_engine, engine_url
from foundation.db.embedded.cluster import Layout, try_lock
from foundation.db.migrate import upgrade
from foundation.testing.postgres import TestDatabaseBroken, quick_folder, sweep

SCHEMAS = """
    SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace
    WHERE nspname NOT LIKE 'pg_%' AND nspname NOT IN ('information_schema', 'public')
"""


async def _one(url, sql: str):
    engine = direct_engine(url, application_name="foundation/tests", server={})
    async with engine.connect() as connection:
        return await connection.scalar(text(sql))


async def test_a_database_has_the_tables_of_core_and_of_every_installed_plugin(
    database_url, installed_owners
):
    schemas = (await _one(database_url, SCHEMAS)).split()

    assert schemas == sorted(
        ["foundation", "procrastinate", *(owner.id for owner in installed_owners)]
    )
    assert "projects" in schemas


async def test_a_database_of_core_has_no_plugin_and_an_empty_one_has_nothing(
    core_database_url, empty_database_url
):
    assert await _one(core_database_url, SCHEMAS) == "foundation procrastinate"
    assert await _one(empty_database_url, SCHEMAS) is None


async def test_what_one_test_does_another_never_sees(postgres, database_url, installed_owners):
    engine = direct_engine(database_url, application_name="foundation/tests", server={})
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE public.mine (id int)"))

    other = await postgres.create(installed_owners)

    assert await _one(other, "SELECT to_regclass('public.mine') IS NULL")
    await postgres.drop(other)


async def test_a_copy_is_made_in_a_fraction_of_what_its_migration_took(
    postgres, database_url, installed_owners
):
    began = time.perf_counter()
    empty = await postgres.create()
    await upgrade(empty, installed_owners, say=lambda _: None)
    migration = time.perf_counter() - began
    await postgres.drop(empty)
    took = []
    for _ in range(5):
        began = time.perf_counter()
        url = await postgres.create(installed_owners)
        took.append(time.perf_counter() - began)
        await postgres.drop(url)

    # The best of five: other work on the machine says nothing about the copy.
    assert min(took) < migration / 3


async def test_a_dropped_database_is_gone_whoever_is_connected(postgres):
    url = await postgres.create()
    engine = direct_engine(url, application_name="foundation/tests", server={})
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))

        await postgres.drop(url)

        name = engine_url(url).database
        known = f"SELECT count(*) FROM pg_database WHERE datname = '{name}'"
        assert await _one(postgres.url, known) == 0
        await connection.invalidate()


async def test_tables_that_cannot_be_made_are_named(postgres, tmp_path, installed_owners):
    broken = type(installed_owners[0])("garden", installed_owners[0].metadata, tmp_path)

    with pytest.raises(TestDatabaseBroken, match="garden: there is no revision in"):
        await postgres.create([broken])


async def test_the_pool_is_on_the_fresh_database(database, database_url):
    async with database.reading() as db:
        assert (
            await db.scalar(text("SELECT current_database()")) == engine_url(database_url).database
        )


def test_what_a_killed_session_left_is_swept_away_and_nothing_else(tmp_path):
    for name in ("killed", "living", "young"):
        (tmp_path / f"foundation-tests-{name}" / "pg").mkdir(parents=True)
        lock = tmp_path / f"foundation-tests-{name}" / "pg" / "lock"
        lock.touch()
        os.utime(lock, (0, 0))
    (tmp_path / "foundation-tests-young" / "pg" / "lock").touch()
    (tmp_path / "other").mkdir()
    held = try_lock(Layout(tmp_path / "foundation-tests-living" / "pg"))

    sweep(tmp_path)

    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == ["foundation-tests-living", "foundation-tests-young", "other"]
    os.close(held)


def test_a_quick_folder_can_be_written_to():
    assert os.access(quick_folder(), os.W_OK)
