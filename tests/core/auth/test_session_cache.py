"""No state of the cache signs anybody in or out: emptied, stopped, restored, slow or forged."""

import asyncio

import pytest
from sqlalchemy import text

from foundation.auth.entry import LEASE, Entry, pack
from foundation.auth.sessions import hash_of
from foundation.cache import build_cache
from foundation.secret import Secret

from ...patient_cache import patient_cache


@pytest.fixture
async def redis(valkey, kit):
    cache = patient_cache(kit.make_settings(redis_url=Secret(valkey.url)))
    yield cache
    await cache.close()


@pytest.fixture
async def hurried(valkey, kit):
    """The cache as it is, which gives up soon."""
    cache = build_cache(kit.make_settings(redis_url=Secret(valkey.url)))
    yield cache
    await cache.close()


async def end(database, sessions, token, reason="signed_out") -> None:
    async with database.transaction() as db:
        await sessions.end(db, token, reason=reason)
    await sessions.cache.settle()


async def run(database, sql: str) -> None:
    async with database.transaction() as db:
        await db.execute(text(sql))


async def test_a_second_look_within_thirty_seconds_asks_no_database(
    core_database, make_sessions, redis, start, clock
) -> None:
    sessions = make_sessions(redis)
    token = await start(sessions)
    await sessions.find(core_database.reading, token)

    def away():
        raise ConnectionError("the database is away")

    assert await sessions.find(away, token) is not None
    clock.move(seconds=31)
    with pytest.raises(ConnectionError):
        await sessions.find(away, token)


async def test_a053_with_postgres_away_an_unknown_cookie_is_never_let_in(
    make_sessions, redis
) -> None:
    def away():
        raise ConnectionError("the database is away")

    with pytest.raises(ConnectionError):
        await make_sessions(redis).find(away, "A" * 43)


async def test_a049_what_was_ended_while_redis_was_away_stays_ended_when_its_old_dump_comes_back(
    core_database, make_sessions, redis, valkey, start, clock
) -> None:
    sessions = make_sessions(redis)
    token = await start(sessions)
    await sessions.find(core_database.reading, token)
    old = valkey.dump()
    valkey.stop()
    await end(core_database, sessions, token)
    assert await sessions.find(core_database.reading, token) is None

    valkey.start(dump=old)
    redis.breaker.worked()
    for other in (sessions, make_sessions(redis)):
        clock.move(seconds=31)
        assert await other.find(core_database.reading, token) is None


async def test_a_restored_dump_counts_for_the_rest_of_its_lease_at_most(
    core_database, make_sessions, redis, valkey, start, clock
) -> None:
    sessions = make_sessions(redis)
    token = await start(sessions)
    await sessions.find(core_database.reading, token)
    old = valkey.dump()
    await end(core_database, sessions, token)
    valkey.stop()
    valkey.start(dump=old)
    redis.breaker.worked()
    clock.move(seconds=30.5)

    assert await make_sessions(redis).find(core_database.reading, token) is None


async def test_a050_an_emptied_redis_signs_nobody_out(
    core_database, make_sessions, redis, valkey, start
) -> None:
    sessions = make_sessions(redis)
    token = await start(sessions)
    await sessions.find(core_database.reading, token)
    valkey.command("FLUSHALL")

    assert await sessions.find(core_database.reading, token) is not None


async def test_a051_a_stopped_or_slow_redis_signs_nobody_out(
    core_database, make_sessions, hurried, valkey, start
) -> None:
    sessions = make_sessions(hurried)
    token = await start(sessions)
    with valkey.hung():
        async with asyncio.timeout(60):  # without an end of its own it would wait for the answer
            assert await sessions.find(core_database.reading, token) is not None

    valkey.stop()
    assert await sessions.find(core_database.reading, token) is not None


async def test_another_worker_knows_at_once_what_was_ended(
    core_database, make_sessions, redis, start
) -> None:
    here, there = make_sessions(redis), make_sessions(redis)
    token = await start(here)
    await there.find(core_database.reading, token)
    await end(core_database, here, token)

    assert await there.find(core_database.reading, token) is None


async def test_an_entry_written_late_from_before_the_end_does_not_count(
    core_database, make_sessions, redis, start
) -> None:
    here, there = make_sessions(redis), make_sessions(redis)
    token = await start(here)
    stale = await there.find(core_database.reading, token)
    await end(core_database, here, token)
    await there.cache.keep(
        hash_of(token), Entry(checked_at=here._clock.now(), lease_s=30, session=stale)
    )

    assert await there.find(core_database.reading, token) is None


async def test_a_neighbour_in_redis_cannot_make_a_session(
    core_database, make_sessions, redis, valkey, start, secret
) -> None:
    sessions = make_sessions(redis)
    token = await start(sessions)
    session = await sessions.find(core_database.reading, token)
    made_up = "B" * 43
    key = f"fnd:development:session:{hash_of(made_up).hex()}"
    mine = valkey.command("GET", f"fnd:development:session:{hash_of(token).hex()}")
    entry = Entry(checked_at=sessions._clock.now(), lease_s=30, session=session)
    forged = pack(entry, token_hash=hash_of(token), secret=secret)
    for value in (mine, forged, entry.model_dump_json().encode(), b"x", b"." * 99):
        valkey.command("SET", key, value)
        assert await sessions.find(core_database.reading, made_up) is None
        valkey.command("DEL", key)


async def test_a055_a_clock_set_back_revives_nothing(
    core_database, make_sessions, redis, start, clock
) -> None:
    sessions = make_sessions(redis)
    token = await start(sessions)
    await sessions.find(core_database.reading, token)
    await run(core_database, "UPDATE foundation.sessions SET ended_at = now(), end_reason = 'test'")
    clock.move(hours=-1)

    assert await sessions.find(core_database.reading, token) is None


async def test_a_demotion_is_seen_at_once(
    core_database, make_sessions, redis, start, user_id, kit
) -> None:
    here, there = make_sessions(redis), make_sessions(redis)
    token = await start(here)
    assert (await there.find(core_database.reading, token)).roles == ("viewer",)
    async with core_database.transaction() as db:
        await db.execute(text("DELETE FROM foundation.user_roles"))
        await kit.audited(db)
        await here.reread(db, user_id)
    await here.cache.settle()

    assert (await there.find(core_database.reading, token)).roles == ()


async def test_other_rights_count_on_every_worker_after_thirty_seconds_though_nobody_told_them(
    core_database, make_sessions, redis, start, clock, kit
) -> None:
    workers = [make_sessions(redis) for _ in range(3)]
    token = await start(workers[0])

    async def seen() -> list[tuple[str, ...]]:
        return [(await one.find(core_database.reading, token)).roles for one in workers]

    assert await seen() == [("viewer",)] * 3
    async with core_database.transaction() as db:  # as by psql: no mark, no message, no reread
        await db.execute(text("UPDATE foundation.user_roles SET role = 'operator'"))
        await kit.audited(db)

    clock.move(seconds=LEASE.total_seconds())
    assert await seen() == [("viewer",)] * 3, "what was read counts to the end of its lease"
    clock.move(microseconds=1)
    assert await seen() == [("operator",)] * 3


async def test_an_unknown_cookie_costs_one_query_in_ten_seconds(
    core_database, make_sessions, redis, clock
) -> None:
    sessions = make_sessions(redis)
    asked = 0

    def counted():
        nonlocal asked
        asked += 1
        return core_database.reading()

    for _ in range(3):
        await sessions.find(counted, "C" * 43)
    clock.move(seconds=11)
    await sessions.find(counted, "C" * 43)

    assert asked == 2
