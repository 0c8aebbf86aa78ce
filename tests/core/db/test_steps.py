"""Each revision's way back is written down as it is applied, or why there is none."""

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import update

from foundation.db.address import direct_engine
from foundation.db.history import config_for
from foundation.db.migrate import SERVER, upgrade
from foundation.db.steps import READS, NoWayBack, StepRow, steps_back, way_back

BACK = """
def downgrade() -> None:
    op.execute("DROP TABLE garden.beds")
    op.drop_column("paths", "width", schema="garden")
"""
READING = """
def downgrade() -> None:
    op.get_bind().execute(sa.text("SELECT 1")).scalar()
"""


def scripts(owner):
    return [*ScriptDirectory.from_config(config_for(owner)).walk_revisions()]


@pytest.mark.parametrize(
    ("extra", "sql", "one_way"),
    [
        (BACK, ["DROP TABLE garden.beds;", "DROP COLUMN width;"], ""),
        (READING, [""], READS),
        ('one_way = "it would lose beds"', [""], "it would lose beds"),
    ],
    ids=["written", "reads", "one-way"],
)
def test_a_way_back_is_sql_or_a_reason(make_owner, extra, sql, one_way):
    (script,) = scripts(make_owner("garden", "SELECT 1", extra=extra))

    written, reason = way_back(script)

    assert ([part for part in sql if part not in written], reason) == ([], one_way)


async def asked(url, *, present, to, change=None):
    def steps(connection):
        if change is not None:
            connection.execute(change)
        return [one.revision for one in steps_back(connection, "garden", present=present, to=to)]

    engine = direct_engine(url, application_name="foundation/tests", server=SERVER)
    async with engine.connect() as connection:
        return await connection.run_sync(steps)


FIRST, SECOND, THIRD = (f"garden_0000000{number}" for number in (1, 2, 3))
HARMLESS = "def downgrade() -> None: ...\n"


@pytest.fixture
async def garden(core_database_url, make_owner):
    owner = make_owner("garden", "SELECT 1", "SELECT 1", "SELECT 1", extra=HARMLESS)
    (_, done) = await upgrade(core_database_url, [owner], say=lambda _: None)
    assert done.ok
    return core_database_url


async def test_the_steps_back_are_newest_first(garden):
    assert await asked(garden, present=THIRD, to=FIRST) == [THIRD, SECOND]


@pytest.mark.parametrize(
    ("present", "to", "change", "words"),
    [
        (FIRST, THIRD, None, "which is not after"),
        (THIRD, "garden_ffffffff", None, "not written down"),
        (THIRD, FIRST, update(StepRow).values(down_sql="DROP SCHEMA public"), "was changed"),
        (
            THIRD,
            FIRST,
            update(StepRow).where(StepRow.revision == SECOND).values(one_way="why"),
            "garden_00000002 is one-way: why",
        ),
    ],
    ids=range(4),
)
async def test_where_there_is_no_way_back_it_is_said_why(garden, present, to, change, words):
    with pytest.raises(NoWayBack, match=words):
        await asked(garden, present=present, to=to, change=change)
