"""What lies outside a schema, and what of it changed."""

import pytest
from sqlalchemy import text

from foundation.db.address import direct_engine
from foundation.db.catalogue import outside, strays


async def _changes(url, *statements: str) -> list[str]:
    engine = direct_engine(url, application_name="foundation/tests", server={})
    async with engine.connect() as connection:
        await connection.execute(text("CREATE SCHEMA garden"))
        await connection.execute(text("CREATE SCHEMA other"))
        await connection.execute(text("CREATE TABLE other.beds (id int PRIMARY KEY, name text)"))
        await connection.execute(text("CREATE TABLE garden.beds (id int)"))
        before = await connection.run_sync(outside, "garden")
        for statement in statements:
            await connection.execute(text(statement))
        return strays(before, await connection.run_sync(outside, "garden"))


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE garden.plants (id serial PRIMARY KEY, name text UNIQUE)",
        "ALTER TABLE garden.beds ADD COLUMN bed_id int REFERENCES other.beds",
        "CREATE TYPE garden.mood AS ENUM ('sad', 'happy')",
        "CREATE FUNCTION garden.one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP TABLE garden.beds",
        "INSERT INTO other.beds VALUES (1, 'x')",
        "CREATE TEMPORARY TABLE scratch (id int)",
    ],
)
async def test_what_stays_inside_is_no_stray(empty_database_url, statement):
    assert await _changes(empty_database_url, statement) == []


@pytest.mark.parametrize(
    ("statement", "stray"),
    [
        ("CREATE TABLE public.beds (id int)", "made relation public.beds"),
        ("CREATE TABLE other.plants (id int)", "made relation other.plants"),
        ("DROP TABLE other.beds", "removed relation other.beds"),
        ("ALTER TABLE other.beds ADD COLUMN more int", "made column other.beds.more integerfalse"),
        (
            "ALTER TABLE other.beds ALTER name TYPE varchar(9)",
            "removed column other.beds.name textfalse",
        ),
        (
            "ALTER TABLE other.beds ALTER name SET NOT NULL",
            "removed column other.beds.name textfalse",
        ),
        ("ALTER TABLE other.beds ADD CHECK (id > 0)", "made constraint other.beds.beds_id_check"),
        ("CREATE INDEX ON other.beds (name)", "made relation other.beds_name_idx"),
        ("CREATE SCHEMA third", "made schema third"),
        ("CREATE TYPE other.mood AS ENUM ('sad')", "made type other.mood"),
        (
            "CREATE FUNCTION other.one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "made function other.one",
        ),
        (
            "CREATE TRIGGER t BEFORE UPDATE ON other.beds FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "made trigger other.beds.t",
        ),
    ],
)
async def test_what_lands_elsewhere_is_named(empty_database_url, statement, stray):
    assert any(line.startswith(stray) for line in await _changes(empty_database_url, statement))
