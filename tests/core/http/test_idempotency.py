"""A creation that is sent again gets the first answer."""

import asyncio
from uuid import UUID

import pytest

from foundation import ids
from foundation.errors import BadRequest, Conflict
from foundation.http.context import Context
from foundation.http.idempotency import read_key
from foundation.http.models import Request, Versioned
from foundation.http.router import Router

from .conftest import WRITE, make, person

SOMEBODY = ids.uuid7()


class New(Request):
    name: str


class ThingView(Versioned):
    name: str


def router(runs, *, wait=None):
    router = Router("things")

    @router.post("/", needs=WRITE, status=201)
    async def create(ctx: Context, body: New) -> ThingView:
        runs.append(body.name)
        if body.name == "bad":
            raise Conflict("no")
        thing = await make(ctx, body.name)
        if wait is not None:
            await wait.wait()
        now = ctx.clock.now()
        return ThingView(id=thing.id, name=thing.name, version=1, created_at=now, updated_at=now)

    @router.post("/{id}/act", needs=WRITE)
    async def act(ctx: Context, id: UUID) -> None:
        runs.append(str(id))

    return router


async def test_the_same_request_again_gets_the_same_answer(product):
    runs = []
    client = product.client(router(runs))

    first = await client.post("/api/things", {"name": "a"}, idempotency_key="k")
    again = await client.post("/api/things", {"name": "a"}, idempotency_key="k")

    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert again.headers["etag"] == first.headers["etag"] == '"1"'
    assert (again.headers["idempotency-replayed"], runs) == ("true", ["a"])
    assert await product.events() == ["things.thing.made"]


async def test_another_request_with_the_key_is_refused(product):
    client = product.client(router([]))
    await client.post("/api/things", {"name": "a"}, idempotency_key="k")

    got = await client.post("/api/things", {"name": "b"}, idempotency_key="k")

    assert (got.status, got.code) == (422, "idempotency_key_reused")
    assert await product.things() == ["a"]


async def test_the_key_of_one_person_is_nothing_to_another(product):
    await product.client(router([])).post("/api/things", {"name": "a"}, idempotency_key="k")

    other = product.seen_by(person(WRITE)).client(router([]))

    assert (await other.post("/api/things", {"name": "b"}, idempotency_key="k")).status == 201


async def test_a_refusal_leaves_the_key_free(product):
    client = product.client(router([]))
    await client.post("/api/things", {"name": "bad"}, idempotency_key="k")

    assert (await client.post("/api/things", {"name": "good"}, idempotency_key="k")).status == 201


async def test_two_at_once_make_one_thing(product):
    runs, gate = [], asyncio.Event()
    client = product.client(router(runs, wait=gate))
    both = [
        asyncio.create_task(client.post("/api/things", {"name": "a"}, idempotency_key="k"))
        for _ in range(2)
    ]
    await asyncio.sleep(0.2)
    gate.set()
    got = await asyncio.gather(*both)

    assert [one.status for one in got] == [201, 201]
    assert got[0].body == got[1].body
    assert (await product.things(), runs) == (["a"], ["a"])


async def test_without_a_key_each_request_is_its_own(product):
    client = product.client(router([]))
    await client.post("/api/things", {"name": "a"})

    assert (await client.post("/api/things", {"name": "b"})).status == 201


async def test_a_route_that_creates_nothing_ignores_the_key(product):
    runs = []
    client = product.client(router(runs))
    for _ in range(2):
        await client.post(f"/api/things/{SOMEBODY}/act", idempotency_key="k")

    assert len(runs) == 2


async def test_a_key_is_forgotten_after_a_day(product):
    client = product.client(router([]))
    await client.post("/api/things", {"name": "a"}, idempotency_key="k")
    await product.run(
        "UPDATE foundation.idempotency_keys SET created_at = now() - interval '25 hours'"
    )

    assert (await client.post("/api/things", {"name": "b"}, idempotency_key="k")).status == 201


@pytest.mark.parametrize("header", ["", " ", "a b", "a\tb", "x" * 201, "\xe9", '""'])
def test_a_key_that_is_no_key_is_refused(header):
    with pytest.raises(BadRequest):
        read_key(header, actor_id=SOMEBODY, route="r", fingerprint=bytes)


def test_quotes_around_a_key_do_not_count():
    quoted = read_key('"k"', actor_id=SOMEBODY, route="r", fingerprint=bytes)

    assert quoted == read_key("k", actor_id=SOMEBODY, route="r", fingerprint=bytes)


def test_a_stranger_has_no_key():
    assert read_key("k", actor_id=None, route="r", fingerprint=bytes) is None


def test_the_request_is_part_of_the_key():
    one = read_key("k", actor_id=SOMEBODY, route="r", fingerprint=lambda: b"1")

    assert one != read_key("k", actor_id=SOMEBODY, route="r", fingerprint=lambda: b"2")
