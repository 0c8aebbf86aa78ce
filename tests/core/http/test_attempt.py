"""One request, one transaction (operations.md, 7.2 and 7.3)."""

from dataclasses import replace

import pytest
from pydantic import BaseModel
from sqlalchemy import text

from foundation.audit.guard import AuditMissing
from foundation.errors import Conflict
from foundation.http.context import Context
from foundation.http.router import Router
from foundation.telemetry.line import bound

from .conftest import MADE, READ, WRITE, New, Said, Thing, creating, make


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
