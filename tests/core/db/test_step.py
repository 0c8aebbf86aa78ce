"""One owner's step: what Alembic may see of a database, and what it may not touch."""

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, text

from foundation.db.engine import Database
from foundation.db.history import Owner
from foundation.db.migrate import upgrade
from foundation.db.model import metadata_for
from foundation.db.step import Step, Strayed


@pytest.fixture
def step(tmp_path):
    return Step(Owner("garden", metadata_for("garden"), tmp_path), None)


@pytest.mark.parametrize(
    ("kind", "name", "seen"),
    [
        ("schema", "garden", True),
        ("schema", "foundation", False),
        ("schema", None, False),
        ("table", "beds", True),
        ("table", "alembic_version", False),
        ("column", "alembic_version", True),
    ],
)
def test_only_the_owners_schema_is_compared_and_not_its_version_table(step, kind, name, seen):
    assert step.includes_name(name, kind, {}) is seen


def test_a_model_in_another_schema_is_refused(step):
    stray = Table("beds", MetaData(schema="other"), Column("id", Integer))

    with pytest.raises(Strayed, match=r"other\.beds is not in the schema garden"):
        step.includes_object(stray, "beds", "table", False, None)


def test_a_model_in_the_owners_schema_is_let_through(step):
    table = Table("beds", step.owner.metadata, Column("id", Integer))

    assert step.includes_object(table, "beds", "table", False, None)
    assert step.includes_object(table.c.id, "id", "column", False, None)


BEDS = "CREATE TABLE garden.beds (id int)"


async def _upgrade(url, owner):
    return await upgrade(url, [owner], say=lambda _: None)


async def _exists(url, name: str) -> bool:
    database = Database(url)
    async with database.reading() as db:
        found = await db.scalar(text("SELECT to_regclass(:name) IS NOT NULL"), {"name": name})
    await database.dispose()
    return found


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("CREATE TABLE beds (id int)", "no schema has been selected to create in"),
        (
            "op.create_table('beds', sa.Column('id', sa.Integer))",
            "no schema has been selected to create in",
        ),
        ("CREATE TYPE mood AS ENUM ('sad')", "no schema has been selected to create in"),
        ("CREATE TABLE public.beds (id int)", "made relation public.beds"),
        ("CREATE TABLE foundation.beds (id int)", "made relation foundation.beds"),
        (
            "ALTER TABLE foundation.users ADD COLUMN bed_id int",
            "made column foundation.users.bed_id",
        ),
        (
            "DROP TRIGGER append_only ON foundation.audit_log",
            "removed trigger foundation.audit_log.append_only",
        ),
    ],
)
async def test_an_owner_that_leaves_its_schema_is_taken_back(
    core_database_url, make_owner, body, reason
):
    outcomes = await _upgrade(core_database_url, make_owner("garden", body))

    assert outcomes[1].state == "failed"
    assert reason in outcomes[1].reason
    assert not await _exists(core_database_url, "public.beds")


async def test_an_owner_may_refer_to_core_and_guard_its_tables(core_database_url, make_owner):
    outcomes = await _upgrade(
        core_database_url,
        make_owner(
            "garden",
            "CREATE TABLE garden.beds (id int, by uuid REFERENCES foundation.users ON DELETE SET NULL)",
            "SELECT foundation.guard_table('garden.beds')",
        ),
    )

    assert outcomes[1].state == "upgraded"


async def test_a_migration_may_change_rows_of_a_guarded_table_and_then_the_table(
    core_database_url, make_owner
):
    outcomes = await _upgrade(
        core_database_url,
        make_owner(
            "garden",
            BEDS,
            "SELECT foundation.guard_table('garden.beds')",
            "INSERT INTO garden.beds VALUES (1)",
            "UPDATE garden.beds SET id = 2",
            "ALTER TABLE garden.beds ADD COLUMN name text",
        ),
    )

    assert outcomes[1].reason == ""
    assert outcomes[1].applied == 5
