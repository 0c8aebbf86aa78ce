"""The moves of a run, in code and in the database, where no SQL passes another one."""

import itertools

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from foundation.db.faults import sqlstate
from foundation.runs.states import FINAL, MOVES, backoff

AUDITED = "SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)"
WAYS = {"queued": [], "running": ["running"], "cancelling": ["running", "cancelling"]}
WAYS |= {state: ["running", state] for state in FINAL if state != "cancelled"}
WAYS |= {"cancelled": ["cancelled"]}


async def move(db, id, state):
    await db.execute(text(AUDITED))
    await db.execute(
        text("UPDATE foundation.runs SET state = :state WHERE id = :id"), {"state": state, "id": id}
    )


async def passes(office, id, states):
    """Move through *states* and tell whether the database let the last one pass."""
    for state in states[:-1]:
        async with office.database.transaction() as db:
            await move(db, id, state)
    try:
        async with office.database.transaction() as db:
            await move(db, id, states[-1])
    except DBAPIError as refused:
        return sqlstate(refused) != "FND03"
    return True


async def test_the_database_lets_pass_exactly_the_moves_of_the_table(office):
    wrong = []
    for start, end in itertools.permutations(MOVES, 2):
        id = await office.start("short")
        if await passes(office, id, [*WAYS[start], end]) != (end in MOVES[start]):
            wrong.append((start, end))

    assert wrong == []


@pytest.mark.parametrize(
    "change", ["fence = fence - 1", "attempt = attempt - 1", "state = 'nonsense'"]
)
async def test_a_fence_never_falls_and_there_is_no_other_state(office, change):
    id = await office.start("short")

    with pytest.raises(DBAPIError) as refused:
        async with office.database.transaction() as db:
            await db.execute(text(AUDITED))
            await db.execute(
                text("UPDATE foundation.runs SET " + change + " WHERE id = :id"), {"id": id}
            )

    assert sqlstate(refused.value) == "FND03"


async def test_a_move_without_its_event_is_refused_even_by_sql(office):
    id = await office.start("short")

    with pytest.raises(DBAPIError) as refused:
        async with office.database.transaction() as db:
            await db.execute(
                text("UPDATE foundation.runs SET state = 'cancelled' WHERE id = :id"), {"id": id}
            )

    assert sqlstate(refused.value) == "FND01"


def test_the_wait_grows_threefold_to_a_quarter_of_an_hour():
    assert [backoff(n, jitter=0) for n in (1, 2, 3, 4, 9)] == [5, 15, 45, 135, 900]
    assert 5 <= backoff(1) <= 6
