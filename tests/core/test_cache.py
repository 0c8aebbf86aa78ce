"""The cache forgets rather than fails: stopped, slow, wrong or refusing, it costs little time."""

import asyncio
import socket
import time
from contextlib import asynccontextmanager

import pytest

from foundation import tls
from foundation.cache import Breaker, NoCache, RedisCache, build_cache
from foundation.secret import Secret
from foundation.settings import Settings

from ..patient_cache import patient_cache


def settings(**given: object) -> Settings:
    return Settings(
        public_url="http://localhost:3000",
        database_url=Secret("postgresql://nowhere/none"),
        secret_key=Secret("x"),
        oidc_issuer="https://id.example.org",
        oidc_client_id="foundation",
        **given,
    )


@asynccontextmanager
async def cache_at(url: str, *, made=patient_cache):
    cache = made(settings(redis_url=Secret(url)))
    assert isinstance(cache, RedisCache)
    try:
        yield cache
    finally:
        await cache.close()


async def test_what_is_put_is_got_and_what_is_dropped_is_gone(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        assert await cache.put("a", b"1", ttl_s=60)
        assert await cache.get("a", "b") == [b"1", None]
        assert await cache.drop("a", "b")
        assert await cache.get("a") == [None]


async def test_every_key_carries_the_prefix_and_a_limit(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        await cache.put("session:x", b"1", ttl_s=60)

    assert valkey.command("KEYS", "*") == [b"fnd:production:session:x"]
    assert 0 < valkey.command("TTL", "fnd:production:session:x") <= 60


async def test_a051_a_stopped_server_is_a_miss_and_costs_no_time(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        await cache.put("a", b"1", ttl_s=60)
        valkey.stop()
        for _ in range(50):
            assert await cache.get("a") == [None]
        assert not await cache.put("a", b"1", ttl_s=60)
        assert not await cache.ping()

        assert cache.breaker.is_open  # so nobody waits for a connection any more


async def test_a_server_that_comes_back_is_used_again(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        cache.breaker = Breaker(probe_s=0.05)
        valkey.stop()
        for _ in range(4):
            await cache.get("a")
        assert cache.breaker.is_open
        valkey.start()
        await asyncio.sleep(0.06)

        assert await cache.ping()
        assert await cache.put("a", b"1", ttl_s=60)
        assert not cache.breaker.is_open


async def test_a051_a_slow_server_is_given_up_in_time(valkey) -> None:
    async with cache_at(valkey.url, made=build_cache) as cache:
        await cache.put("a", b"1", ttl_s=60)
        with valkey.hung():
            async with asyncio.timeout(60):
                for _ in range(40):
                    assert await cache.get("a", within_s=0.05) == [None]
            assert cache.breaker.is_open  # without it, 50 ms for each


async def test_a051_a_wrong_password_a_full_and_a_read_only_server_are_misses(valkey) -> None:
    async with cache_at(valkey.url.replace("//", "//:canary@")) as cache:
        valkey.command("CONFIG", "SET", "requirepass", "right")
        assert await cache.get("a") == [None]
        assert not await cache.put("a", b"1", ttl_s=60)


async def test_a051_a_server_without_memory_keeps_nothing_and_raises_nothing(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        valkey.command("CONFIG", "SET", "maxmemory", "1")
        assert not await cache.put("a", b"1", ttl_s=60)


async def test_a051_a_read_only_replica_keeps_nothing_and_raises_nothing(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        valkey.command("REPLICAOF", "127.0.0.1", "9")
        assert not await cache.put("a", b"1", ttl_s=60)


async def test_two_hundred_at_once_are_all_served(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        await cache.put("a", b"1", ttl_s=60)
        answers = await asyncio.gather(*(cache.get("a", within_s=2) for _ in range(200)))

    assert answers.count([b"1"]) == 200


class Late:
    """A Redis that answers what comes in by a socket."""

    def __init__(self, answers: socket.socket) -> None:
        self.answers = answers

    async def mget(self, names):
        return [await asyncio.get_running_loop().sock_recv(self.answers, 9)]


async def test_a_worker_that_is_late_itself_does_not_take_that_for_an_absent_server() -> None:
    server, client = socket.socketpair()
    client.setblocking(False)
    cache = RedisCache(Late(client), prefix="")

    asked = asyncio.create_task(cache.get("a", within_s=0.05))
    await asyncio.sleep(0)
    server.send(b"1")  # in time
    time.sleep(0.1)  # and the loop has other things to do

    assert await asked == [b"1"]
    assert await cache.get("a", within_s=0.01) == [None], "what does not come is given up"
    server.close()
    client.close()


async def test_each_command_is_counted_by_its_end() -> None:
    server, client = socket.socketpair()
    client.setblocking(False)
    counted: list[str] = []
    cache = RedisCache(Late(client), prefix="", count=counted.append)

    server.send(b"1")
    assert await cache.get("a", within_s=60) == [b"1"]
    assert await cache.get("a", within_s=0.01) == [None]
    client.close()
    for _ in range(3):
        await cache.get("a", within_s=60)
    server.close()

    assert counted == ["ok", "timeout", "error", "error", "held"]


async def test_without_redis_every_read_is_a_miss() -> None:
    cache = build_cache(settings())

    assert isinstance(cache, NoCache)
    assert not await cache.put("a", b"1", ttl_s=60)
    assert await cache.get("a", "b") == [None, None]
    assert await cache.drop("a")
    assert await cache.ping()
    await cache.close()


def test_the_breaker_opens_at_the_third_failure_within_five_seconds() -> None:
    breaker = Breaker()
    for moment in (0.0, 1.0):
        breaker.failed(moment)
    assert breaker.allows(1.0)
    breaker.failed(2.0)

    assert not breaker.allows(2.1)


def test_failures_far_apart_leave_it_closed() -> None:
    breaker = Breaker()
    for moment in (0.0, 3.0, 6.0, 9.0):
        breaker.failed(moment)

    assert breaker.allows(9.0)


def test_an_open_breaker_lets_one_probe_through_each_two_seconds() -> None:
    breaker = Breaker()
    for _ in range(3):
        breaker.failed(0.0)

    assert [breaker.allows(moment) for moment in (1.9, 2.0, 2.1, 3.9, 4.1)] == [
        False,
        True,
        False,
        False,
        True,
    ]


def test_one_success_closes_it() -> None:
    breaker = Breaker()
    for _ in range(3):
        breaker.failed(0.0)
    breaker.worked()

    assert breaker.allows(0.1)


@pytest.mark.parametrize("url", ["redis://user:canary@127.0.0.1:9/0"])
async def test_no_url_is_ever_printed(url: str) -> None:
    async with cache_at(url) as cache:
        await cache.get("a")

        assert "canary" not in repr(cache)


async def test_a_pace_is_kept_by_the_server_and_nobody_knows_without_it(valkey) -> None:
    async with cache_at(valkey.url) as cache:
        given = [await cache.pace("p", interval_s=60, burst=2, cost=1) for _ in range(3)]
        assert given[:2] == [0, 0]
        assert given[2] == pytest.approx(60, abs=30)
        assert await cache.pace("q", interval_s=60, burst=2, cost=0) == 0
        assert valkey.command("EXISTS", "fnd:production:q") == 0
        assert 0 < valkey.command("TTL", "fnd:production:p") <= 122
        valkey.stop()
        assert await cache.pace("p", interval_s=60, burst=2, cost=1) is None
    assert await NoCache().pace("p", interval_s=60, burst=2, cost=1) is None


async def test_a_user_of_a_shared_redis_who_may_touch_its_own_keys_only_has_all_it_needs(
    valkey,
) -> None:
    """The rule is the one that deploy/secrets.sh writes."""
    rule = "resetkeys ~fnd:* resetchannels &fnd:* +@all -@dangerous"
    valkey.command("ACL", "SETUSER", "own", "on", ">word-of-own", *rule.split())
    url = valkey.url.replace("redis://", "redis://own:word-of-own@")
    async with cache_at(url) as cache:
        assert await cache.ping()
        assert await cache.put("a", b"1", ttl_s=60)
        assert await cache.get("a") == [b"1"]
        assert await cache.pace("b", interval_s=1.0, burst=2, cost=1) == 0.0
        assert not cache.breaker.is_open


@pytest.mark.parametrize(("scheme", "oldest"), [("redis", None), ("rediss", tls.OLDEST)])
def test_an_encrypted_connection_speaks_nothing_old(scheme, oldest):
    cache = build_cache(settings(redis_url=Secret(f"{scheme}://127.0.0.1:1")))

    assert isinstance(cache, RedisCache)
    made = cache._redis.connection_pool.make_connection()
    assert getattr(getattr(made, "ssl_context", None), "min_version", None) == oldest
