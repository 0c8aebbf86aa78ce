"""One request, one transaction (operations.md, 7.2 and 7.3)."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from foundation.audit.guard import AuditMissing
from foundation.db.engine import Database
from foundation.db.faults import OutcomeUnknown
from foundation.errors import Conflict
from foundation.http.context import Context
from foundation.http.models import Request, View
from foundation.http.router import Router
from foundation.telemetry.line import bound
from foundation.testing.client import request_scope

from .conftest import MADE, READ, WRITE, Thing, fault, make


class New(Request):
    name: str


class Said(View):
    text: str


def creating() -> Router:
    """A router that makes a thing."""
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        await make(ctx, body.name)
        return Said(text=body.name)

    return router


async def test_a_change_and_its_event_are_committed_before_the_answer(product):
    got = await product.client(creating()).post("/api/things", {"name": "a"})

    assert got.json == {"text": "a"}
    assert await product.things() == ["a"]
    assert await product.events() == ["things.thing.made"]


async def test_a_refusal_undoes_change_and_event(product):
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        await make(ctx, body.name)
        raise Conflict("no")

    assert (await product.client(router).post("/api/things", {"name": "a"})).status == 409
    assert await product.things() == []
    assert await product.events() == []


async def test_a_change_without_an_event_is_undone(product):
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        ctx.db.add(Thing(name=body.name))
        return Said(text=body.name)

    assert (await product.client(router).post("/api/things", {"name": "a"})).status == 500
    assert await product.things() == []


async def test_an_answer_that_cannot_be_encoded_undoes_the_work(product):
    router = Router("things")

    class Other(BaseModel):
        secret: str

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        await make(ctx, body.name)
        return Other(secret="hunter2")  # type: ignore[return-value]  # the fault under test

    got = await product.client(router).post("/api/things", {"name": "a"})

    assert (got.status, b"hunter2" in got.body) == (500, False)
    assert await product.things() == []


async def test_a_route_that_reads_cannot_write_or_record(product):
    router = Router("things")

    @router.get("/write", needs=READ)
    async def write(ctx: Context) -> Said:
        ctx.db.add(Thing(name="a"))
        await ctx.db.flush()
        return Said(text="")

    @router.get("/record", needs=READ)
    async def record(ctx: Context) -> Said:
        ctx.record(MADE(name="a"))
        return Said(text="")

    client = product.client(router)

    assert (await client.get("/api/things/write")).status == 500
    assert (await client.get("/api/things/record")).status == 500
    assert await product.events() == []


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
    await product.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

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


async def test_a_broken_rule_of_the_database_is_a_conflict(product):
    client = product.client(creating())
    await client.post("/api/things", {"name": "a"})

    assert (await client.post("/api/things", {"name": "a"})).status == 409


async def test_a_write_in_plain_text_is_refused(product):
    seen = []
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context) -> None:
        try:
            await ctx.db.execute(text("DELETE FROM things.things"))
        except AuditMissing as refused:
            seen.append(str(refused))

    await product.client(router).post("/api/things")

    assert "text()" in seen[0]


def proving(*, sync: bool) -> Router:
    """A router whose one event asks for its proof, or does not."""
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        await make(ctx, body.name)
        leaves = ctx.db.info["foundation_leaves"]
        leaves[:] = [replace(leaf, sync=sync) for leaf in leaves]
        return Said(text=body.name)

    return router


@pytest.mark.parametrize(
    ("setting", "sync", "status"),
    [("refuse", True, 503), ("refuse", False, 200), ("off", True, 200)],
)
async def test_what_asks_for_its_proof_waits_for_it_where_the_settings_say_so(
    product, setting, sync, status
):
    product.sync = setting
    with bound({}, set()) as line:
        got = await product.client(proving(sync=sync)).post("/api/things", {"name": "a"})
        receipts = line.get("receipts", [])

    assert got.status == status
    assert await product.things() == ["a"]  # it has happened in any case
    assert all(len(receipt) == 36 + 1 + 64 for receipt in receipts)


async def test_a_13_4_a_failing_audit_insert_undoes_the_change_and_answers_5xx(product):
    await product.run("ALTER TABLE foundation.audit_log ADD CONSTRAINT no CHECK (false) NOT VALID")

    got = await product.client(creating()).post("/api/things", {"name": "a"})
    assert got.status >= 500
    assert await product.things() == []
