"""Attacks on HTTP itself: other spellings of a path, what an error tells, a route that is open."""

import pytest

from foundation.auth.permissions import Permission, Public
from foundation.http.router import Router
from foundation.plugins.checks.routes import route_problems
from foundation.plugins.claims import Claims
from foundation.plugins.memory import Memory


@pytest.mark.parametrize(
    "path",
    ["/api//creds", "/api/creds/", "/API/creds", "/api/Creds", "/api/creds;x=1", "/api/./creds",
     "/api/x/../creds", "/api/creds%2f", "/api/creds%00", "/%61pi/creds", "//api/creds"],
)  # fmt: skip
@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a138_another_spelling_of_a_path_is_404_or_the_same_check(client, path) -> None:
    assert (await client.get(path)).status in {401, 404}


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a131_no_error_tells_what_it_is_made_of(client, client_as) -> None:
    admin = await client_as("admin")
    answers = [
        await client.get("/api/nothing"),
        await client.post("/api/health", {}),
        await client.get("/api/creds"),
        await admin.post("/api/projects", {"slug": 7}),
        await admin.send("POST", "/api/projects", body=b"x", headers={"content-type": "text/xml"}),
    ]

    assert [one.status for one in answers] == [404, 405, 401, 422, 415]
    for one in answers:
        assert one.headers["content-type"].startswith("application/problem+json")
        assert "server" not in one.headers
        for word in ("quart", "hypercorn", "python", "traceback", "select ", "/work", ".py"):
            assert word not in one.text.lower(), one.text


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a134_a139_what_two_readers_read_differently_is_refused_and_leaves_nothing(
    client_as, events
) -> None:
    admin = await client_as("admin")
    for body in (
        b"[" * 100_000, b'{"name": ' + b"9" * 5_000 + b"}", b'{"name": NaN}',
        b'{"name": "a", "name": "b"}', b'{"name": "\\ud800"}', b'{"name": "\\u0000"}',
        b"\xef\xbb\xbf{}", "{}".encode("utf-16"),
    ):  # fmt: skip
        assert (await admin.send("POST", "/api/projects", body=body)).status in {400, 422}, body[
            :20
        ]
    for query in ("limit=1&limit=2", "q=a&q=b", "limit=%ff"):
        assert (await admin.get(f"/api/users?{query}")).status == 400, query
    assert await events() == []


@pytest.mark.usefixtures("the_next_honest_request_works")
def test_a077_a_route_without_needs_or_without_a_reason_does_not_start() -> None:
    async def handler(ctx):
        return None

    open_ = Router("things")
    with pytest.raises(TypeError):
        open_.get("/")(handler)  # type: ignore[call-arg]  # what is tried
    for needs in (None, "everybody", Public(""), Permission("x:y:z", "Undeclared")):
        router = Router("things")
        router.get("/", needs=needs)(handler)
        assert route_problems("things", [router], permissions=[], claims=Claims((), Memory()))
