"""Limits: a burst and then a pace, in Redis or here, and by the day in PostgreSQL."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation import ids
from foundation.auth.limits import Bucket, Limiter, Rate
from foundation.auth.principal import ANONYMOUS, Principal
from foundation.cache import NoCache
from foundation.errors import TooMany
from foundation.secret import Secret

from ...patient_cache import patient_cache

MINUTE = Rate("try", 6, timedelta(minutes=1), by="address")
ALL = Rate("all", 3, timedelta(hours=1), by="all")
DAY = Rate("own", 2, timedelta(days=1))


@dataclass
class Hand:
    """A clock turned by hand."""

    at: float = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def limiter(core_database, hand) -> Limiter:
    return Limiter(core_database, NoCache(), workers=2, now=hand)


async def given(limiter, rate, times, *, principal=ANONYMOUS, address="192.0.2.1") -> int:
    """Return how often it was given."""
    count = 0
    for _ in range(times):
        try:
            await limiter.take(rate, principal=principal, address=address)
            count += 1
        except TooMany:
            pass
    return count


def test_a_bucket_gives_a_burst_and_then_one_each_interval() -> None:
    hand = Hand()
    bucket = Bucket(hand)

    def take() -> float:
        return bucket.pace("k", interval_s=10, burst=3, cost=1)

    assert [take() for _ in range(3)] == [0, 0, 0]
    assert take() == pytest.approx(10)
    hand.at += 10
    assert take() == 0
    assert take() == pytest.approx(10)


def test_looking_takes_nothing() -> None:
    bucket = Bucket(Hand())

    for _ in range(5):
        assert bucket.pace("k", interval_s=10, burst=1, cost=0) == 0
    assert bucket.pace("k", interval_s=10, burst=1, cost=1) == 0
    assert bucket.pace("k", interval_s=10, burst=1, cost=0) == pytest.approx(10)


async def test_without_redis_each_worker_gives_its_part(limiter, hand) -> None:
    assert await given(limiter, MINUTE, 10) == 3
    assert await given(limiter, MINUTE, 10, address="192.0.2.2") == 3
    hand.at += 60
    assert await given(limiter, MINUTE, 10) == 3


async def test_a_refusal_tells_how_long_to_wait(limiter) -> None:
    await given(limiter, MINUTE, 3)

    with pytest.raises(TooMany) as refused:
        await limiter.look(MINUTE, principal=ANONYMOUS, address="192.0.2.1")
    assert 1 <= int(refused.value.headers["Retry-After"]) <= 20


async def test_with_redis_all_workers_share_one_burst(core_database, valkey, kit) -> None:
    settings = kit.make_settings(redis_url=Secret(valkey.url))
    caches = [patient_cache(settings) for _ in range(2)]
    workers = [Limiter(core_database, one, workers=2, now=Hand()) for one in caches]

    count = sum([await given(worker, MINUTE, 5) for worker in workers])

    assert count == 6
    with pytest.raises(TooMany):
        await workers[0].look(MINUTE, principal=ANONYMOUS, address="192.0.2.1")
    assert b"192.0.2.1" not in b"".join(valkey.command("KEYS", "*"))
    valkey.stop()
    assert await given(workers[0], MINUTE, 5) == 3
    for one in caches:
        await one.close()


async def test_a_total_is_counted_in_the_database_for_all_together(limiter, core_database) -> None:
    counts = await asyncio.gather(*(given(limiter, ALL, 1, address=str(at)) for at in range(8)))
    assert sum(counts) == 3

    async with core_database.transaction() as db:
        await db.execute(text("UPDATE foundation.rate_counts SET until = now()"))
    assert await given(limiter, ALL, 5) == 3


async def test_a_day_is_counted_for_each_user(limiter) -> None:
    ada, eve = (Principal("user", ids.uuid7()) for _ in range(2))

    assert await given(limiter, DAY, 4, principal=ada) == 2
    assert await given(limiter, DAY, 4, principal=eve) == 2


async def test_development_is_no_crowd(core_database, hand) -> None:
    wide = Limiter(core_database, NoCache(), workers=1, now=hand, scale=100)

    assert await given(wide, MINUTE, 100) == 100
