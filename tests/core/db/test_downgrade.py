"""Tables go back from the ledger alone, in one transaction, and only within their schema."""

import shutil

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from foundation.db.address import direct_engine
from foundation.db.downgrade import plan_back, take_back
from foundation.db.history import config_for
from foundation.db.migrate import core_owner, upgrade
from foundation.db.step import Strayed
from foundation.db.steps import NoWayBack, way_back

FIRST, SECOND = "garden_00000001", "garden_00000002"
BEDS = "CREATE TABLE garden.beds (id int)"


def silent(_line):
    """Say nothing."""


async def one(url, sql):
    engine = direct_engine(url, application_name="foundation/tests", server={})
    async with engine.connect() as connection:
        return await connection.scalar(text(sql))


@pytest.fixture
def planted(core_database_url, make_owner):
    """Migrate a garden of two revisions whose code is gone afterwards; *back* is its way back."""

    async def plant(back):
        extra = f"def downgrade() -> None:\n    op.execute({back!r})\n"
        make_owner("garden", "SELECT 1", extra=extra)
        owner = make_owner("garden", BEDS, start=2, extra=extra)
        (_, done) = await upgrade(core_database_url, [owner], say=silent)
        assert done.ok, done.reason
        shutil.rmtree(owner.migrations)
        return core_database_url

    return plant


async def test_the_newer_wheel_is_not_needed(planted):
    url = await planted("DROP TABLE garden.beds")

    plan = await plan_back(url, "garden", to=FIRST)
    done = await take_back(url, "garden", to=FIRST, say=silent)

    assert plan == done
    assert "DROP TABLE garden.beds" in plan.sql
    assert await one(url, "SELECT to_regclass('garden.beds')::text") is None
    assert await one(url, "SELECT version_num FROM garden.alembic_version") == FIRST
    noted = "SELECT revision || generation FROM foundation.schema_info WHERE owner = 'garden'"
    assert await one(url, noted) == f"{FIRST}1"


@pytest.mark.parametrize(
    ("back", "case"),
    [
        ("DROP TABLE garden.beds; DROP TABLE nowhere.at_all", Exception),
        ("CREATE TABLE public.strays (id int)", Strayed),
    ],
    ids=["fails", "strays"],
)
async def test_a_way_back_that_fails_or_strays_changes_nothing(planted, back, case):
    url = await planted(back)

    with pytest.raises(case):
        await take_back(url, "garden", to=FIRST, say=silent)

    assert await one(url, "SELECT to_regclass('garden.beds')::text") == "garden.beds"
    assert await one(url, "SELECT version_num FROM garden.alembic_version") == SECOND
    assert await one(url, "SELECT to_regclass('public.strays')::text") is None


async def test_an_owner_without_tables_has_no_way_back(core_database_url):
    with pytest.raises(NoWayBack, match="nobody has no tables here"):
        await plan_back(core_database_url, "nobody", to="x")


def test_cores_own_tables_of_plugins_have_a_way_back():
    directory = ScriptDirectory.from_config(config_for(core_owner()))

    written, reason = way_back(directory.get_revision("foundation_2c91e7a4"))

    assert ("DROP TABLE foundation.plugin_steps" in written, reason) == (True, "")
