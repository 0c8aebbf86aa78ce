"""Migrations: in order, each on its own, never two at once, and never beside the point."""

import asyncio
import re

import pytest
from sqlalchemy import text

from foundation.db.address import Unreachable, direct_engine
from foundation.db.engine import Database
from foundation.db.history import BadHistory
from foundation.db.migrate import LOCK, Locked, status, upgrade
from foundation.secret import Secret

from .revisions import CORE_REVISIONS

BEDS = "CREATE TABLE garden.beds (id int)"


class Said(list):
    """Collects what is said."""

    def __call__(self, line: str) -> None:
        self.append(line)


async def _upgrade(url, *owners, **options):
    return await upgrade(url, owners, say=Said(), **options)


async def _one(url, sql: str):
    engine = direct_engine(url, application_name="foundation/tests", server={})
    async with engine.connect() as connection:
        return await connection.scalar(text(sql))


async def _exists(url, name: str) -> bool:
    return await _one(url, f"SELECT to_regclass('{name}') IS NOT NULL")


async def test_an_empty_database_gets_core_first_and_then_the_others(
    empty_database_url, make_owner
):
    said = Said()
    garden, pond = make_owner("garden", BEDS, "SELECT 1"), make_owner("pond", "SELECT 1")

    outcomes = await upgrade(empty_database_url, [garden, pond], say=said)

    assert [(o.owner, o.state, o.applied) for o in outcomes] == [
        ("foundation", "upgraded", CORE_REVISIONS),
        ("garden", "upgraded", 2),
        ("pond", "upgraded", 1),
    ]
    assert said[1] == "garden: 2 revisions applied, now at garden_00000002"
    assert said[2] == "pond: 1 revision applied, now at pond_00000001"
    assert await _exists(empty_database_url, "garden.beds")


async def test_a_second_run_finds_nothing_to_do(empty_database_url, make_owner):
    garden, said = make_owner("garden", BEDS), Said()
    await _upgrade(empty_database_url, garden)

    outcomes = await upgrade(empty_database_url, [garden], say=said)

    assert [(o.state, o.revision) for o in outcomes][1] == ("current", "garden_00000001")
    assert said == []


async def test_only_what_is_new_is_applied(core_database_url, make_owner):
    await _upgrade(core_database_url, make_owner("garden", BEDS))

    outcomes = await _upgrade(
        core_database_url, make_owner("garden", BEDS, "ALTER TABLE garden.beds ADD x int")
    )

    assert outcomes[1].applied == 1


async def test_each_owner_has_a_version_table_and_a_note_of_its_generation(
    core_database_url, make_owner
):
    await _upgrade(core_database_url, make_owner("garden", BEDS, "SELECT 1"))

    assert (
        await _one(core_database_url, "SELECT version_num FROM garden.alembic_version")
        == "garden_00000002"
    )
    note = "SELECT (revision, generation, readable_from)::text FROM foundation.schema_info WHERE owner = 'garden'"
    assert await _one(core_database_url, note) == "(garden_00000002,2,1)"


async def test_a_failed_owner_is_taken_back_whole_and_harms_nobody(core_database_url, make_owner):
    broken = make_owner("garden", BEDS, "SELECT nonsense")

    outcomes = await _upgrade(core_database_url, broken, make_owner("pond", "SELECT 1"))

    assert [(o.owner, o.state) for o in outcomes][1:] == [
        ("garden", "failed"),
        ("pond", "upgraded"),
    ]
    assert outcomes[1].reason == 'column "nonsense" does not exist'
    assert not await _exists(core_database_url, "garden.beds")
    assert await _one(core_database_url, "SELECT to_regnamespace('garden')::text") is None


async def test_a_failure_keeps_what_earlier_runs_did(core_database_url, make_owner):
    await _upgrade(core_database_url, make_owner("garden", BEDS))

    outcomes = await _upgrade(core_database_url, make_owner("garden", BEDS, "SELECT nonsense"))

    assert (outcomes[1].state, outcomes[1].revision) == ("failed", "garden_00000001")
    assert await _exists(core_database_url, "garden.beds")


async def test_whoever_requires_a_failed_owner_is_skipped(core_database_url, make_owner):
    garden = make_owner("garden", "SELECT nonsense")
    bench = make_owner("bench", "SELECT 1", requires=("garden",))
    roof = make_owner("roof", "SELECT 1", requires=("bench",))

    outcomes = await _upgrade(core_database_url, garden, bench, roof)

    assert [o.state for o in outcomes] == ["current", "failed", "skipped", "skipped"]
    assert outcomes[2].reason == "it needs garden, which was not migrated"


async def test_a_revision_that_raises_is_a_failure_like_any_other(core_database_url, make_owner):
    outcomes = await _upgrade(core_database_url, make_owner("garden", "raise KeyError('what')"))

    assert outcomes[1].state == "failed"
    assert isinstance(outcomes[1].fault, KeyError)


async def test_a_bad_history_is_a_failure_with_its_reason(core_database_url, make_owner):
    outcomes = await _upgrade(core_database_url, make_owner("garden", BEDS, extra=""))

    assert "needs downgrade()" in outcomes[1].reason
    assert isinstance(outcomes[1].fault, BadHistory)


async def test_newer_tables_that_still_fit_are_left_alone(core_database_url, make_owner):
    await _upgrade(core_database_url, make_owner("garden", BEDS, "SELECT 1"))
    older = make_owner("garden", BEDS)
    (older.migrations / "garden_00000002.py").unlink()

    outcomes = await _upgrade(core_database_url, older)

    assert (outcomes[1].state, outcomes[1].ok) == ("newer", True)
    assert (
        await _one(core_database_url, "SELECT version_num FROM garden.alembic_version")
        == "garden_00000002"
    )


async def test_tables_beyond_the_code_are_a_failure_and_stay(core_database_url, make_owner):
    await _upgrade(core_database_url, make_owner("garden", BEDS))
    changed = make_owner("garden", "SELECT 1", start=7, extra='one_way = "x"\ndown_revision = None')
    (changed.migrations / "garden_00000001.py").unlink()

    outcomes = await _upgrade(core_database_url, changed, make_owner("pond", "SELECT 1"))

    assert [(o.owner, o.state) for o in outcomes][1:] == [
        ("garden", "failed"),
        ("pond", "upgraded"),
    ]
    assert "garden_00000001" in outcomes[1].reason
    assert await _exists(core_database_url, "garden.beds")


WAIT_AT_THE_GATE = (
    "DO $$ BEGIN WHILE NOT pg_try_advisory_xact_lock(99) LOOP PERFORM pg_sleep(0.02);"
    " END LOOP; END $$"
)
SOMEBODY_MIGRATES = (
    "SELECT count(*) FROM pg_locks"
    " WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()"
)


async def test_of_two_at_once_one_works_and_the_other_finds_nothing(empty_database_url, make_owner):
    garden = make_owner("garden", BEDS, WAIT_AT_THE_GATE)
    said, engine = Said(), direct_engine(empty_database_url, application_name="x", server={})

    async with engine.connect() as gate, asyncio.timeout(60):
        await gate.execute(text("SELECT pg_advisory_lock(99)"))
        early = asyncio.create_task(_upgrade(empty_database_url, garden))
        while not await gate.scalar(text(SOMEBODY_MIGRATES)):
            await asyncio.sleep(0.02)
        late = asyncio.create_task(upgrade(empty_database_url, [garden], say=said))
        while not said:
            await asyncio.sleep(0.02)
        await gate.execute(text("SELECT pg_advisory_unlock(99)"))
        first, second = await early, await late

    assert [o.state for o in first] == ["upgraded", "upgraded"]
    assert [o.state for o in second] == ["current", "current"]
    assert len(said) == 1
    assert re.fullmatch(
        r"waiting for foundation/migrate \(process \d+ on the server\), which is migrating .*",
        said[0],
    )


async def test_waiting_has_an_end_and_says_for_whom(core_database_url):
    engine = direct_engine(core_database_url, application_name="foundation/other", server={})
    async with engine.connect() as other:
        await other.execute(text("SELECT pg_advisory_lock(:a, :b)"), {"a": LOCK[0], "b": LOCK[1]})

        with pytest.raises(
            Locked, match=r"^foundation/other \(process \d+ on the server\) is migrating"
        ):
            await _upgrade(core_database_url, patience=0.3)


async def test_the_lock_falls_with_the_run(core_database_url):
    await _upgrade(core_database_url)

    await _upgrade(core_database_url, patience=0)


async def test_a_table_in_use_is_waited_for_and_not_blocked_for_long(core_database_url, make_owner):
    await _upgrade(core_database_url, make_owner("garden", BEDS))
    database, said = Database(core_database_url), Said()
    async with database.transaction() as reader:
        await reader.execute(text("SELECT count(*) FROM garden.beds"))
        run = asyncio.create_task(
            upgrade(
                core_database_url,
                [make_owner("garden", BEDS, "ALTER TABLE garden.beds ADD x int")],
                say=said,
            )
        )
        while not said:
            await asyncio.sleep(0.05)
    outcomes = await run
    await database.dispose()

    assert said[0] == "garden: a table is in use; trying again (1 of 4)"
    assert outcomes[1].state == "upgraded"


async def test_a_lost_connection_ends_the_run_for_all_that_follow(core_database_url, make_owner):
    cut = make_owner("garden", "SELECT pg_terminate_backend(pg_backend_pid())")

    outcomes = await _upgrade(core_database_url, cut, make_owner("pond", "SELECT 1"))

    assert [(o.owner, o.state) for o in outcomes][1:] == [("garden", "failed"), ("pond", "skipped")]
    assert outcomes[2].reason == "the connection was lost, and with it the lock"


async def test_a_server_that_is_away_is_unreachable():
    with pytest.raises(Unreachable):
        await _upgrade(Secret("postgresql://u:p@127.0.0.1:1/x"))


async def test_status_tells_and_changes_nothing(empty_database_url, make_owner):
    garden = make_owner("garden", BEDS)
    before = await status(empty_database_url, [garden])
    await _upgrade(empty_database_url, garden)
    after = await status(empty_database_url, [garden])

    assert [(s.owner, s.state) for s in before] == [("foundation", "absent"), ("garden", "absent")]
    assert [(s.owner, s.state) for s in after] == [("foundation", "current"), ("garden", "current")]


async def test_an_index_can_be_built_without_a_lock_outside_of_the_transaction(
    core_database_url, make_owner
):
    garden = make_owner("garden", BEDS)
    await _upgrade(core_database_url, garden)
    body = (
        "op.get_bind()\n"
        "    with op.get_context().autocommit_block():\n"
        "        op.execute('CREATE INDEX CONCURRENTLY ix_beds ON garden.beds (id)')"
    )

    outcomes = await _upgrade(core_database_url, make_owner("garden", BEDS, body))

    assert outcomes[1].reason == ""
    assert await _exists(core_database_url, "garden.ix_beds")
    assert (await status(core_database_url, [garden]))[1].state == "current"
