"""The way of one request: known, allowed, understood, answered."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Annotated
from uuid import UUID

import pytest
from pydantic import Field
from sqlalchemy import text

from foundation.auth.limits import Limiter, Rate
from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.auth.principal import ANONYMOUS
from foundation.cache import NoCache
from foundation.errors import Unauthenticated, Unavailable
from foundation.http.context import Context
from foundation.http.models import PageQuery, Request, View
from foundation.http.mount import mount
from foundation.http.plan import plans
from foundation.http.router import IfMatch, Router
from foundation.telemetry.line import bound
from foundation.testing.client import Client

from .conftest import READ, WRITE, fault, person

ID = UUID("0192aaaa-0000-7000-8000-00000000000a")
SECRET = Permission("things:secret:read", "Read secrets", sensitive=True)


class New(Request):
    name: Annotated[str, Field(max_length=10)]


class Said(View):
    text: str


def router() -> Router:
    router = Router("things")

    @router.get("/", needs=READ)
    async def listing(ctx: Context, query: PageQuery) -> Said:
        return Said(text=f"{query.limit}")

    @router.post("/", needs=WRITE, max_body=100)
    async def create(ctx: Context, body: New) -> Said:
        return Said(text=body.name)

    @router.patch("/{id}", needs=WRITE)
    async def change(ctx: Context, id: UUID, body: New, expected: IfMatch) -> Said:
        return Said(text=f"{id} {body.name} {expected}")

    @router.post("/{id}/archive", needs=WRITE)
    async def archive(ctx: Context, id: UUID) -> None:
        return None

    @router.get("/open", needs=Public("a test"))
    async def open_to_all(ctx: Context) -> Said:
        return Said(text=ctx.principal.kind)

    @router.get("/mine", needs=SignedIn("a test"))
    async def mine(ctx: Context) -> Said:
        return Said(text=ctx.principal.name)

    @router.get("/secret", needs=SECRET)
    async def secret(ctx: Context) -> Said:
        return Said(text="x")

    @router.get("/back", needs=Public("a test"), writes=True, cross_site=True)
    async def back(ctx: Context) -> Said:
        return Said(text=ctx.caller.query)

    @router.post("/crash", needs=WRITE)
    async def crash(ctx: Context) -> None:
        raise RuntimeError("password=hunter2")

    @router.get("/agent", needs=READ)
    async def agent(ctx: Context) -> Said:
        return Said(text=ctx.caller.user_agent)

    return router


async def test_a_stranger_is_asked_to_sign_in_before_the_body_is_read(product):
    client = product.seen_by(ANONYMOUS).client(router())
    got = await client.send("POST", "/api/things", body=b"not json")

    assert (got.status, got.code) == (401, "unauthenticated")


async def test_somebody_without_the_permission_is_refused_and_told_which(product):
    got = await product.seen_by(person(READ)).client(router()).post("/api/things", {"name": "a"})

    assert (got.status, got.code, got.json["permission"]) == (403, "forbidden", WRITE.name)


async def test_anybody_reads_a_public_route(product):
    got = await product.seen_by(ANONYMOUS).client(router()).get("/api/things/open")

    assert got.json == {"text": "anonymous"}


async def test_anybody_signed_in_reads_what_needs_no_permission(product):
    assert (await product.seen_by(person()).client(router()).get("/api/things/mine")).status == 200
    assert (await product.seen_by(ANONYMOUS).client(router()).get("/api/things/mine")).status == 401


@pytest.mark.parametrize(
    ("failure", "status"),
    [(Unauthenticated(), 401), (Unavailable(), 503), (fault("08006", lost=True), 503)],
)
async def test_a_public_route_answers_when_nobody_can_be_known(product, failure, status):
    async def identify(cookies, bearer):
        raise failure

    product.identify = identify
    client = product.client(router())

    assert (await client.get("/api/things/open")).json == {"text": "anonymous"}
    assert (await client.get("/api/things/mine")).status == status


async def test_who_asks_is_looked_up_on_another_connection_when_the_first_had_died(product):
    async def identify(cookies, bearer):
        async with product.database.reading() as db:
            await db.execute(text("SELECT 1"))
        return ada

    ada, product.identify = product.principal, identify
    client = product.client(router())
    assert (await client.get("/api/things/mine")).status == 200
    await product.cut()

    assert (await client.get("/api/things/mine")).json == {"text": ada.name}


async def test_a_limit_is_counted_on_another_connection_when_the_first_had_died(product):
    router = Router("things")

    @router.post("/", needs=WRITE, limits=(Rate("own", 2, timedelta(days=1)),))
    async def create(ctx: Context) -> Said:
        return Said(text="made")

    limiter = Limiter(product.database, NoCache(), workers=1, now=time.monotonic)
    edge = replace(product.edge, limiter=limiter)
    client = Client(mount(plans([("things", router)]), edge))
    await product.cut()

    assert [(await client.post("/api/things")).status for _ in range(3)] == [200, 200, 429]


async def test_a_sensitive_right_wants_a_recent_sign_in(product):
    old = product.seen_by(person(SECRET, age=timedelta(minutes=6)))
    fresh = product.seen_by(person(SECRET, age=timedelta(minutes=4)))

    got = await old.client(router()).get("/api/things/secret")
    assert (got.status, got.code) == (401, "step_up_required")
    assert (await fresh.client(router()).get("/api/things/secret")).status == 200


async def test_a_foreign_page_cannot_post(product):
    got = await product.client(router()).post(
        "/api/things", {"name": "a"}, headers={"origin": "https://evil.example"}
    )

    assert (got.status, got.code) == (403, "cross_site")


async def test_a_bearer_needs_no_origin(product):
    product.bearers["t"] = person(WRITE)
    headers = {"authorization": "Bearer t", "origin": ""}

    got = await product.client(router()).post("/api/things", {"name": "a"}, headers=headers)

    assert got.json == {"text": "a"}


async def test_a_cookie_and_a_bearer_together_are_refused(product):
    headers = {"authorization": "Bearer t", "cookie": "__Host-foundation_session=x"}

    got = await product.client(router()).get("/api/things", headers=headers)

    assert (got.status, got.code) == (400, "bad_request")


async def test_a_route_for_other_sites_gets_their_query_as_it_came(product):
    headers = {"sec-fetch-site": "cross-site"}

    got = await product.client(router()).get("/api/things/back?code=1&code=2", headers=headers)

    assert got.json == {"text": "code=1&code=2"}


async def test_head_does_not_reach_a_get_that_writes(product):
    assert (await product.client(router()).send("HEAD", "/api/things/back")).status == 400


@pytest.mark.parametrize(
    ("body", "status", "code", "pointers"),
    [
        (b"{", 400, "bad_json", set()),
        (b'{"name": "a", "name": "b"}', 400, "bad_json", set()),
        (b'{"name": 3, "other": 1}', 422, "invalid", {"/name", "/other"}),
        (b'{"name": "12345678901"}', 422, "invalid", {"/name"}),
        (b"", 422, "invalid", {""}),
        (b'{"name": "' + b"a" * 200 + b'"}', 413, "too_large", set()),
    ],
)
async def test_a_bad_body_is_a_problem_that_names_it(product, body, status, code, pointers):
    got = await product.client(router()).send("POST", "/api/things", body=body)

    assert (got.status, got.code, got.pointers) == (status, code, pointers)
    assert got.json["request_id"]


async def test_a_bad_query_names_the_parameter(product):
    got = await product.client(router()).get("/api/things?limit=0&nope=1")

    assert (got.status, got.pointers) == (422, {"query:limit", "query:nope"})


async def test_a_query_where_none_is_taken_is_refused(product):
    got = await product.client(router()).get("/api/things/mine?fields=token_hash")

    assert (got.status, got.pointers) == (422, {"query:fields"})


async def test_fields_where_none_are_taken_are_refused(product):
    client = product.client(router())

    assert (await client.post(f"/api/things/{ID}/archive", {"force": True})).pointers == {"/force"}
    assert (await client.post(f"/api/things/{ID}/archive", {})).status == 204
    assert (await client.post(f"/api/things/{ID}/archive")).status == 204


async def test_the_expected_version_reaches_the_handler(product):
    got = await product.client(router()).patch(f"/api/things/{ID}", {"name": "a"}, if_match=7)

    assert got.json == {"text": f"{ID} a 7"}


@pytest.mark.parametrize(("tag", "status"), [("", 428), ("*", 400), ("7", 400)])
async def test_an_update_wants_a_version_of_ours(product, tag, status):
    got = await product.client(router()).patch(
        f"/api/things/{ID}", {"name": "a"}, headers={"if-match": tag}
    )

    assert got.status == status


async def test_a_fault_of_ours_is_a_500_that_tells_nothing(product):
    got = await product.client(router()).post("/api/things/crash")

    assert (got.status, got.code) == (500, "internal")
    assert b"hunter2" not in got.body
    assert b"Traceback" not in got.body


async def test_the_line_of_the_request_says_who_and_where(product):
    entry = {"request_id": "r1"}
    with bound(entry, set()):
        got = await product.client(router()).get("/api/things")

    assert got.status == 200
    assert entry["route"] == "/api/things"
    assert entry["plugin"] == "things"
    assert entry["user_id"] == str(product.principal.id)
    assert entry["session"] == str(product.principal.session.public_id)


async def test_the_request_id_of_the_line_is_in_the_problem(product):
    with bound({"request_id": "r9"}, set()):
        got = await product.client(router()).get("/api/things/open?x=1")

    assert got.json["request_id"] == "r9"


async def test_a_long_or_unprintable_agent_is_tamed(product):
    agent = "a\x1b[31m\u00a0" + "x" * 1_000

    got = await product.client(router()).get("/api/things/agent", headers={"user-agent": agent})

    assert len(got.json["text"]) == 400
    assert "\x1b" not in got.json["text"]
