"""A token in an address or a cookie: 400, void from then on, and told."""

import pytest

from foundation.auth.tokens import new_token
from foundation.testing.people import anonymous

from .conftest import cut


@pytest.fixture
async def token(client_as):
    admin = await client_as("admin")
    made = await admin.post("/api/me/tokens", {"name": "ci", "scopes": ["accounts:user:read"]})
    return made.json


@pytest.mark.usefixtures("the_next_honest_request_works")
@pytest.mark.parametrize("where", ["query", "encoded", "cookie"])
async def test_a086_a_token_in_the_open_is_400_revoked_and_told(app, token, events, where) -> None:
    secret, client = token["token"], anonymous(app)
    path = "/api/auth/me"
    if where == "cookie":
        client.cookies["token"] = secret
    else:
        path += "?access_token=" + (secret.replace("_", "%5F") if where == "encoded" else secret)

    refused = await client.get(path)

    assert (refused.status, refused.code) == (400, "token_leaked")
    assert secret not in refused.text
    (event,) = await events("accounts.token.leaked")
    assert (event.severity, event.target.id) == ("critical", token["id"])
    assert secret not in str(event)
    bearer = anonymous(app)
    bearer.headers["authorization"] = f"Bearer {secret}"
    assert (await bearer.get("/api/auth/me")).status == 401


async def test_it_is_revoked_on_another_connection_when_the_first_had_died(
    app, token, events
) -> None:
    await cut(app.parts.database)

    refused = await anonymous(app).get(f"/api/auth/me?access_token={token['token']}")

    assert (refused.status, refused.code) == (400, "token_leaked")
    assert len(await events("accounts.token.leaked")) == 1


async def test_one_that_is_no_token_of_ours_is_400_and_nothing_is_told(app, token, events) -> None:
    client = anonymous(app)

    for stranger in (new_token("user"), "fnd_pat_" + "0" * 49):
        assert (await client.get(f"/api/auth/me?t={stranger}")).status == 400

    assert await events("accounts.token.leaked") == []
    client.headers["authorization"] = f"Bearer {token['token']}"
    assert (await client.get("/api/auth/me")).status == 200


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a086_bearers_that_are_none_are_401_then_429_and_told_once(
    app, token, events
) -> None:
    client = anonymous(app)
    statuses = []
    for _ in range(8):
        client.headers["authorization"] = f"Bearer {new_token('user')}"
        statuses.append((await client.get("/api/auth/me")).status)

    assert statuses == [401] * 6 + [429] * 2  # twenty a minute, shared by three workers
    (event,) = await events("accounts.access.denied")
    assert event.reason == "bearer"
    client.headers["authorization"] = f"Bearer {token['token']}"
    assert (await client.get("/api/auth/me")).status == 200


@pytest.mark.parametrize(
    "value", ["Basic YTpi", "Bearer a b", "Bearer", "Token x", "Bearer \u00e9"]
)
async def test_a086_another_scheme_is_401(app, token, value) -> None:
    client = anonymous(app)
    client.headers["authorization"] = value

    assert (await client.get("/api/auth/me")).status == 401
    client.headers["authorization"] = f"Bearer {token['token']}"
    assert (await client.get("/api/auth/me")).status == 200
