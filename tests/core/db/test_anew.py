"""What only reads is asked anew where the database's refusal says nothing of it."""

import pytest
from sqlalchemy.exc import DBAPIError

from foundation.db.anew import asked_anew
from foundation.db.faults import RETRIES


class Driver(Exception):
    """An error as the driver raises it."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


async def _asked(*faults: Exception) -> int:
    """Ask for how often was asked, of a database that refuses with each of *faults* first."""
    left, count = [*faults], 0

    async def ask() -> int:
        nonlocal count
        count += 1
        if left:
            raise left.pop(0)
        return count

    return await asked_anew(ask)


def _fault(sqlstate: str, *, lost: bool = False) -> DBAPIError:
    return DBAPIError("SELECT", {}, Driver(sqlstate), connection_invalidated=lost)


async def test_a_dead_connection_is_replaced_once():
    assert await _asked(_fault("08006", lost=True)) == 2
    with pytest.raises(DBAPIError):
        await _asked(_fault("08006", lost=True), _fault("08006", lost=True))


async def test_a_lost_race_is_run_again_and_again_but_not_for_ever():
    races = [_fault("55P03") for _ in range(RETRIES + 1)]

    assert await _asked(*races[1:]) == RETRIES + 1
    with pytest.raises(DBAPIError):
        await _asked(*races)


async def test_any_other_fault_is_told_at_once():
    with pytest.raises(LookupError):
        await _asked(LookupError())
