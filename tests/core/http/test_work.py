"""Work that loses a race, its connection, its time or its client (operations.md, 7.2 and 7.3)."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from asyncpg import InvalidCachedStatementError

from foundation.db.engine import Database
from foundation.db.faults import OutcomeUnknown
from foundation.http.context import Context
from foundation.http.router import Router
from foundation.telemetry.line import bound
from foundation.testing.client import request_scope

from .conftest import WRITE, New, Said, creating, fault, make


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "55P03"])
async def test_a_lost_race_runs_the_handler_anew(product, sqlstate):
    runs = []
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        runs.append(1)
        await make(ctx, body.name)
        if len(runs) < 3:
            raise fault(sqlstate)
        return Said(text=str(len(runs)))

    got = await product.client(router).post("/api/things", {"name": "a"})

    assert got.json == {"text": "3"}
    assert await product.things() == ["a"]
    assert len(await product.events()) == 1


async def test_a_migration_that_was_waited_for_and_left_a_stale_plan_is_survived(product):
    stale = fault("")
    stale.orig.__cause__ = InvalidCachedStatementError("cached plan must not change result type")
    refusals = [fault("55P03"), stale]  # its lock, then what it changed
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        await make(ctx, body.name)
        if refusals:
            raise refusals.pop(0)
        return Said(text="made")

    got = await product.client(router).post("/api/things", {"name": "a"})

    assert got.json == {"text": "made"}
    assert await product.things() == ["a"]


async def test_a_race_lost_again_and_again_is_503(product):
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context) -> None:
        raise fault("40001")

    got = await product.client(router).post("/api/things")

    assert (got.status, got.headers["retry-after"]) == (503, "1")


async def test_a_route_with_other_effects_is_not_run_anew(product):
    runs = []
    router = Router("things")

    @router.post("/", needs=WRITE, retry_safe=False)
    async def create(ctx: Context) -> None:
        runs.append(1)
        raise fault("40001")

    assert (await product.client(router).post("/api/things")).status == 503
    assert len(runs) == 1


async def test_a_dead_connection_is_replaced_once(product):
    client = product.client(creating())
    await client.post("/api/things", {"name": "a"})
    await product.cut()

    assert (await client.post("/api/things", {"name": "b"})).status == 200
    assert await product.things() == ["a", "b"]


class LosesTheCommit(Database):
    """A database whose connection dies during each COMMIT."""

    def transaction(self):
        return Losing(super().transaction())


class Losing:
    def __init__(self, inner):
        self.inner = inner

    async def __aenter__(self):
        return await self.inner.__aenter__()

    async def __aexit__(self, kind, error, trace):
        await self.inner.__aexit__(kind, error, trace)
        raise OutcomeUnknown


async def test_a_connection_lost_during_commit_is_unknown_and_not_repeated(
    product, core_database_url
):
    runs = []
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        runs.append(1)
        await make(ctx, body.name)
        return Said(text=body.name)

    whole = product.database
    product.database = LosesTheCommit(core_database_url)
    got = await product.client(router).post("/api/things", {"name": "a"})
    await product.database.dispose()
    product.database = whole

    assert (got.status, got.code, len(runs)) == (503, "outcome_unknown", 1)


async def test_work_that_takes_too_long_is_undone(product):
    product.limit_s = 0.2
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        await make(ctx, body.name)
        await asyncio.sleep(5)
        return Said(text=body.name)

    got = await product.client(router).post("/api/things", {"name": "a"})

    assert (got.status, got.code) == (503, "unavailable")
    assert await product.things() == []


async def test_a_time_out_of_the_handlers_own_is_its_fault(product):
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context) -> None:
        raise TimeoutError

    assert (await product.client(router).post("/api/things")).status == 500


async def test_work_goes_on_when_its_client_leaves(product):
    begun, may_end = asyncio.Event(), asyncio.Event()
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context) -> Said:
        begun.set()
        await may_end.wait()
        await make(ctx, "a")
        return Said(text="a")

    entry: dict[str, Any] = {"request_id": "r"}
    units, sent = set(), []
    messages: Iterator[dict[str, Any]] = iter(
        [{"type": "http.request", "body": b""}, {"type": "http.disconnect"}]
    )

    async def receive():
        message = next(messages)
        if message["type"] == "http.disconnect":
            await begun.wait()
        return message

    async def send(message):
        sent.append(message)

    with bound(entry, units):
        scope = request_scope("POST", "/api/things", None, {"origin": "http://localhost:3000"})
        await product.client(router).app(scope, receive, send)

    assert (entry["outcome"], len(units), sent) == ("client_gone", 1, [])
    may_end.set()
    await asyncio.wait(units)
    assert await product.things() == ["a"]
    assert await product.events() == ["things.thing.made"]
