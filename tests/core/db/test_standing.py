"""How tables and code stand to each other: older, newer, equal, or beyond each other."""

import pytest
from sqlalchemy import text

from foundation.db.address import direct_engine
from foundation.db.engine import Database
from foundation.db.history import read_history
from foundation.db.migrate import core_owner
from foundation.db.standing import Recorded, compare, judge

from .revisions import CORE_REVISIONS


@pytest.mark.parametrize(
    ("recorded", "state", "pending"),
    [
        (None, "absent", 3),
        (Recorded("garden_00000001", 1, 1), "behind", 2),
        (Recorded("garden_00000003", 3, 1), "current", 0),
        (Recorded("garden_00000005", 5, 1), "newer", 0),
        (Recorded("garden_00000005", 5, 3), "newer", 0),
        (Recorded("garden_00000005", 5, 4), "incompatible", 0),
        (Recorded("garden_000000ff", 2, 1), "incompatible", 0),
        (Recorded("garden_000000ff", 3, 1), "incompatible", 0),
    ],
)
def test_code_of_the_third_generation_meets_tables(make_owner, recorded, state, pending):
    history = read_history(make_owner("garden", "SELECT 1", "SELECT 2", "SELECT 3"))

    standing = judge(history, recorded)

    assert (standing.state, standing.pending) == (state, pending)
    assert standing.ok is (state in {"current", "newer"})
    assert standing.head == "garden_00000003"


def test_tables_beyond_the_code_say_what_to_do(make_owner):
    history = read_history(make_owner("garden", "SELECT 1"))

    standing = judge(history, Recorded("garden_00000005", 5, 5))

    assert "garden_00000005" in standing.reason
    assert "install a newer one" in standing.reason


async def test_before_the_first_migration_everything_is_absent(empty_database_url, make_owner):
    engine = direct_engine(empty_database_url, application_name="foundation/tests", server={})
    async with engine.connect() as connection:
        standings = await compare(connection, [core_owner(), make_owner("garden", "SELECT 1")])

    assert [(s.owner, s.state, s.pending) for s in standings] == [
        ("foundation", "absent", CORE_REVISIONS),
        ("garden", "absent", 1),
    ]


async def test_a_worker_compares_over_its_own_pool_with_one_owner_broken(
    core_database_url, make_owner
):
    database = Database(core_database_url)
    async with database.transaction() as db:
        await db.execute(
            text("INSERT INTO foundation.schema_info VALUES ('pond', 'pond_00000001', 1, 1)")
        )
    async with database.reading() as db:
        owners = [
            core_owner(),
            make_owner("garden", "SELECT 1", extra=""),
            make_owner("pond", "SELECT 1"),
        ]
        standings = {s.owner: s for s in await compare(db, owners)}
    await database.dispose()

    assert {owner: s.state for owner, s in standings.items()} == {
        "foundation": "current",
        "garden": "broken",
        "pond": "current",
    }
    assert "downgrade" in standings["garden"].reason
