"""What lies in a schema is told from the catalogue, to the row, and taken away whole."""

import json

import pytest
from sqlalchemy import text

from foundation.db.engine import Database
from foundation.db.holding import (
    MOST,
    Held,
    all_schemas,
    dependents,
    drop,
    held_tables,
    rows_as_json,
    take_time,
)

MADE = (
    "CREATE SCHEMA shop",
    "CREATE TABLE shop.orders (id int PRIMARY KEY, sealed bytea)",
    'CREATE TABLE shop."Odd ""name" (id int)',
    "CREATE TABLE shop.alembic_version (v text)",
    "INSERT INTO shop.orders VALUES (1, '\\x00ff'), (2, NULL)",
)


@pytest.fixture
async def shop(core_database_url):
    database = Database(core_database_url)
    async with database.transaction() as db:
        for statement in MADE:
            await db.execute(text(statement))
    yield database
    await database.dispose()


async def test_tables_are_listed_with_their_rows_however_they_are_named(shop):
    async with shop.reading() as db:
        tables = await held_tables(db, ["shop", "nowhere"])

    assert tables == [Held("shop", 'Odd "name', 0), Held("shop", "orders", 2)]


async def test_of_many_rows_the_estimate_is_told(shop):
    async with shop.transaction() as db:
        await db.execute(
            text(f'INSERT INTO shop."Odd ""name" SELECT generate_series(1, {MOST + 9})')
        )
        await db.execute(text('ANALYZE shop."Odd ""name"'))
    async with shop.reading() as db:
        odd, _ = await held_tables(db, ["shop"])

    assert (odd.rows, odd.is_exact) == (MOST + 9, False)


async def test_rows_come_as_json_and_bytes_as_hexadecimal_text(shop):
    async with shop.transaction() as db:
        lines = [json.loads(line) async for line in rows_as_json(db, Held("shop", "orders", 2))]

    assert lines == [{"id": 1, "sealed": "\\x00ff"}, {"id": 2, "sealed": None}]


async def test_keys_and_views_of_other_schemas_are_dependents_and_own_ones_are_not(shop):
    async with shop.transaction() as db:
        for statement in (
            "CREATE TABLE shop.lines (o int REFERENCES shop.orders)",
            "CREATE SCHEMA other",
            "CREATE TABLE other.visits (o int CONSTRAINT to_shop REFERENCES shop.orders)",
            "CREATE VIEW other.seen AS SELECT id FROM shop.orders",
        ):
            await db.execute(text(statement))
    async with shop.reading() as db:
        assert await dependents(db, "shop") == ["other.seen: view", "other.visits: to_shop"]
        assert await dependents(db, "other") == []


async def test_a_dropped_schema_is_gone_and_a_missing_one_is_no_trouble(shop):
    async with shop.transaction() as db:
        await take_time(db)
        await drop(db, "shop")
        await drop(db, "never")

    async with shop.reading() as db:
        assert await all_schemas(db) == ["foundation", "procrastinate"]
        assert await held_tables(db, ["shop"]) == []
