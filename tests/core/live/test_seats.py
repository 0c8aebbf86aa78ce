"""Seats: six for a person over all workers, and back when a stream ends or never began."""

import asyncio
import gc

import pytest

from foundation.errors import TooMany
from foundation.ids import uuid7
from foundation.live.seats import Seats


class Locks:
    """The locks of one database; ``of()`` is one worker's connection."""

    def __init__(self):
        self.held = {}

    def of(self, worker):
        return _Connection(self.held, worker)


class _Connection:
    def __init__(self, held, worker):
        self._held, self._worker = held, worker
        self.is_cut = False

    async def hold(self, key):
        if self.is_cut:
            return None
        return self._held.setdefault(key, self._worker) == self._worker

    async def let_go(self, key):
        self._held.pop(key, None)


async def test_a_person_has_six_seats_over_all_workers():
    locks, ada = Locks(), uuid7()
    first, second = Seats(locks.of("a")), Seats(locks.of("b"))
    taken = [await first.take(ada) for _ in range(3)] + [await second.take(ada) for _ in range(3)]

    for seats in (first, second):
        with pytest.raises(TooMany):
            await seats.take(ada)
    await first.take(uuid7())  # somebody else's are their own
    taken.pop(0).leave()
    await asyncio.sleep(0)

    assert (await second.take(ada)).leave.alive


async def test_a_stream_that_never_begins_gives_its_seat_back():
    locks = Locks()
    seats = Seats(locks.of("a"), a_person=1)
    person = uuid7()
    seat = await seats.take(person)
    del seat
    gc.collect()
    await asyncio.sleep(0)

    assert (await seats.take(person)).leave.alive


async def test_a_worker_has_its_own_most_and_counts_alone_while_the_database_is_away():
    connection = Locks().of("a")
    connection.is_cut = True
    seats = Seats(connection, a_person=2, a_worker=3)
    ada = uuid7()
    kept = [await seats.take(ada), await seats.take(ada)]

    with pytest.raises(TooMany):
        await seats.take(ada)
    kept.append(await seats.take(uuid7()))
    with pytest.raises(TooMany):
        await seats.take(uuid7())
