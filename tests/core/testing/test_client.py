"""The client of tests: a browser without a socket."""

import json

import pytest

from foundation.telemetry.line import line
from foundation.testing.client import Client, lined


class Echo:
    """An application that answers with what it was asked."""

    def __init__(self, *headers: tuple[bytes, bytes], status: int = 200) -> None:
        self.headers, self.status, self.scopes = list(headers), status, []

    async def __call__(self, scope, receive, send):
        message = await receive()
        self.scopes.append(scope)
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": message["body"], "more_body": True})
        await send({"type": "http.response.body"})

    @property
    def asked(self):
        return {name.decode(): value.decode() for name, value in self.scopes[-1]["headers"]}


async def test_a_body_is_sent_as_json_with_its_type_and_length():
    echo = Echo()

    got = await Client(echo).post("/x", {"a": 1})

    assert got.json == {"a": 1}
    assert (echo.asked["content-type"], echo.asked["content-length"]) == ("application/json", "8")


async def test_a_request_comes_from_our_own_origin():
    echo = Echo()

    await Client(echo, origin="https://ops.example.org").get("/x")

    assert (echo.asked["origin"], echo.asked["host"]) == (
        "https://ops.example.org",
        "ops.example.org",
    )


async def test_a_header_without_a_value_is_left_out():
    echo = Echo()

    await Client(echo).get("/x", headers={"Origin": ""})

    assert "origin" not in echo.asked


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
async def test_a_version_and_a_key_become_headers(method):
    echo = Echo()

    await getattr(Client(echo), method)("/x", if_match=3, idempotency_key="k")

    assert (echo.scopes[-1]["method"], echo.asked["if-match"]) == (method.upper(), '"3"')
    assert echo.asked["idempotency-key"] == "k"


async def test_queries_are_joined():
    echo = Echo()

    await Client(echo).get("/x?a=1", query={"b": "ü &"})

    assert echo.scopes[-1]["query_string"] == b"a=1&b=%C3%BC+%26"
    assert echo.scopes[-1]["path"] == "/x"


async def test_a_cookie_is_kept_until_it_is_taken_back():
    client = Client(Echo((b"set-cookie", b"__Host-a=1; Max-Age=60; Path=/")))
    await client.get("/x")
    other = client.copy()
    client.app = Echo((b"set-cookie", b"__Host-a=; Max-Age=0; Path=/"))

    assert client.cookies == {"__Host-a": "1"}
    await client.get("/x")
    assert (client.cookies, other.cookies) == ({}, {"__Host-a": "1"})


async def test_a_problem_tells_its_code_and_its_fields():
    body = json.dumps({"code": "invalid", "errors": [{"pointer": "/name"}]}).encode()
    problem = Echo((b"content-type", b"application/problem+json"), status=422)

    got = await Client(problem).send("POST", "/x", body=body)

    assert (got.code, got.pointers) == ("invalid", {"/name"})
    assert (await Client(Echo()).send("POST", "/x", body=body)).code is None


async def test_an_application_has_a_line_as_behind_a_worker():
    seen = {}

    async def app(scope, receive, send):
        seen.update(line())
        await send({"type": "http.response.start", "status": 200, "headers": []})

    await Client(lined(app)).get("/x")

    assert seen["client"] == "127.0.0.1"
    assert seen["request_id"]
