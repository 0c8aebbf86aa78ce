"""Plans served by the web framework: paths, methods and everything it refuses by itself."""

import json
from typing import Annotated
from uuid import UUID

import pytest

from foundation.auth.permissions import Public
from foundation.errors import Unavailable
from foundation.http.context import Context
from foundation.http.models import View
from foundation.http.mount import SECOND_NET, mount
from foundation.http.plan import plans
from foundation.http.reply import Reply, SetCookie, Stream, see_other
from foundation.http.router import Router
from foundation.testing.client import Client

from .conftest import READ

ID = "0192aaaa-0000-7000-8000-00000000000a"
ANYBODY = Public("a test")


class Found(View):
    id: UUID
    text: str = ""


def router() -> Router:
    router = Router("things")

    @router.get("/{id}", needs=ANYBODY)
    async def read(ctx: Context, id: UUID) -> Found:
        return Found(id=id, text=ctx.caller.query)

    @router.post("/", needs=ANYBODY)
    async def nothing(ctx: Context) -> None:
        return None

    @router.get("/go/elsewhere", needs=ANYBODY)
    async def go(ctx: Context) -> Reply:
        cookies = (SetCookie("__Host-a", "1", 60), SetCookie("__Host-b", "", 0))
        return see_other("/s/projects", cookies=cookies)

    @router.get("/with/reply", needs=ANYBODY)
    async def with_reply(ctx: Context) -> Annotated[Reply, Found]:
        return Reply(Found(id=UUID(ID)), headers={"ETag": '"x"', "Cache-Control": "no-cache"})

    return router


async def test_a_view_is_answered_as_json(product):
    got = await product.client(router()).get(f"/api/things/{ID}")

    assert (got.status, got.json) == (200, {"id": ID, "text": ""})
    assert got.headers["content-type"] == "application/json; charset=utf-8"
    assert got.headers["cache-control"] == "no-store"
    assert int(got.headers["content-length"]) == len(got.body)


async def test_nothing_to_say_is_204_without_a_body(product):
    got = await product.client(router()).post("/api/things")

    assert (got.status, got.body) == (204, b"")
    assert "content-type" not in got.headers


async def test_a_redirect_carries_its_cookies(product):
    got = await product.client(router()).get("/api/things/go/elsewhere")

    assert (got.status, got.headers["location"]) == (303, "/s/projects")
    assert got.cookies == (
        "__Host-a=1; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Lax",
        "__Host-b=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax",
    )


async def test_a_reply_keeps_its_own_headers(product):
    got = await product.client(router()).get("/api/things/with/reply")

    assert got.headers["cache-control"] == "no-cache"


async def test_a_held_answer_is_304_without_a_body(product):
    got = await product.client(router()).get(
        "/api/things/with/reply", headers={"if-none-match": '"x"'}
    )

    assert (got.status, got.body, got.headers["etag"]) == (304, b"", '"x"')


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/nothing",
        "/api//things",
        "/api/things/",
        "/API/things",
        "/api/things;x=1",
        "/api/things/not-an-id",
        f"/api/things/{ID}/",
        f"/api/things/{ID}\0",
        "/api/things/\ud7ff",
        "/api/../etc/passwd",
        "/api/things/%2e%2e",
    ],
)
async def test_a_path_nobody_serves_is_a_problem(product, path):
    got = await product.client(router()).get(path)

    assert (got.status, got.code) == (404, "not_found")
    assert got.json["request_id"]


async def test_another_method_is_refused_and_told_which_there_are(product):
    got = await product.client(router()).get("/api/things")

    assert (got.status, got.code, got.headers["allow"]) == (405, "method_not_allowed", "POST")


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "TRACE", "BREW"])
async def test_a_method_without_a_route_is_405(product, method):
    got = await product.client(router()).send(method, "/api/things")

    assert (got.status, got.code) == (405, "method_not_allowed")


@pytest.mark.parametrize("name", ["x-http-method-override", "x-http-method", "x-method-override"])
async def test_a_method_override_is_ignored(product, name):
    got = await product.client(router()).get(f"/api/things/{ID}", headers={name: "DELETE"})

    assert got.status == 200


async def test_head_is_answered_as_get(product):
    got = await product.client(router()).send("HEAD", f"/api/things/{ID}")

    assert got.status == 200


async def test_a_body_over_the_second_net_is_413(product):
    got = await product.client(router()).send(
        "POST", "/api/things", body=b" " * (SECOND_NET + 1), headers={"content-length": ""}
    )

    assert (got.status, got.code, got.json["limit"]) == (413, "too_large", 1_048_576)


async def test_a_plugin_that_is_away_says_so_instead_of_404(product):
    def away(path):
        if path.startswith("/api/orders"):
            return Unavailable("not started", plugin="orders", command="pip install it")
        return None

    client = Client(mount(plans([("things", router())]), product.edge, away=away))
    got = await client.get("/api/orders/3")

    assert (got.status, got.json["plugin"]) == (503, "orders")
    assert (await client.get("/api/other")).status == 404


async def test_a_problem_carries_the_headers_of_every_answer(product):
    got = await product.client(router()).get("/api/nothing")

    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-type"].startswith("application/problem+json")
    assert "server" not in got.headers
    assert json.loads(got.body)["status"] == 404


async def test_a_stream_goes_on_when_its_handler_and_session_are_over(product):
    router, seen = Router("things"), []

    @router.stream("/live", needs=READ)
    async def live(ctx: Context) -> Stream:
        async def frames(still, sent):
            seen.append((sent, await still() == product.principal, ctx.db.in_transaction()))
            yield b"data: one\n\n"
            yield b"data: two\n\n"

        return Stream(frames)

    got = await product.client(router).get("/api/things/live", headers={"last-event-id": "a=1"})

    assert got.body == b"data: one\n\ndata: two\n\n"
    assert got.headers["content-type"] == "text/event-stream"
    assert got.headers["x-accel-buffering"] == "no"
    assert "content-length" not in got.headers
    assert seen == [("a=1", True, False)]
