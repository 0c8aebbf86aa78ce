"""Cookies that are none, and sessions while a part is away, over all of auth and the edge."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from foundation.auth.sessions import COOKIE, hash_of
from foundation.db.address import direct_engine
from foundation.secret import Secret
from foundation.testing.client import Client

pytestmark = pytest.mark.usefixtures("the_next_honest_request_works")
ME = "/api/auth/me"


@pytest.fixture
def shown(client):
    """Ask who one is with a cookie's value and nothing else; return the status."""

    async def shown(value: str) -> int:
        stranger = Client(client.app, client.origin, {COOKIE: value})
        return (await stranger.get(ME)).status

    return shown


async def test_a047_a_planted_cookie_is_never_adopted(browser, shown, app, events):
    browser.client.cookies[COOKIE] = planted = "A" * 43

    await browser.sign_in("viewer")

    assert browser.client.cookies[COOKIE] != planted
    assert await shown(planted) == 401
    assert await events.types() == ["accounts.signin.succeeded"]
    async with app.parts.database.reading() as db:
        hashes = list(await db.scalars(text("SELECT token_hash FROM foundation.sessions")))
    assert hashes == [hash_of(browser.client.cookies[COOKIE])]


async def test_a055_a058_neither_a_hash_nor_a_clock_set_back_brings_a_session_back(
    browser, shown, foundation_clock
):
    await browser.sign_in("viewer")
    value = browser.client.cookies[COOKIE]
    assert await shown(value) == 200
    for form in (hash_of(value).hex(), hash_of(value).hex()[:43], value[:-1], value + "A"):
        assert await shown(form) == 401
    await browser.client.post("/api/auth/logout")

    foundation_clock.forward(hours=-2)
    assert await shown(value) == 401
    foundation_clock.forward(hours=2)


async def test_a062_a_hundred_requests_while_the_session_gets_a_new_name(browser, events):
    await browser.sign_in("viewer")
    query = browser.choose(await browser.go(path="/api/auth/step-up"), "viewer")
    former = browser.client.copy()
    again = type(browser)(browser.client.copy(), browser.provider)
    few = asyncio.Semaphore(4)  # with more, a slow machine's pool says 503 to some, and may

    async def seen_by(client):
        async with few:
            return await client.get(ME)

    came, came_again, *seen = await asyncio.gather(
        browser.back(query), again.back(query), *(seen_by(former) for _ in range(100))
    )

    assert {one.status for one in seen} <= {200, 401}
    new = [one for one in (came, came_again) if one.headers["location"] == "/"]
    assert len(new) == 1
    (winner,) = [one for one in (browser, again) if (await one.client.get(ME)).status == 200]
    (only,) = (await winner.client.get("/api/me/sessions")).json["items"]
    assert only["is_current"]
    assert (await former.get(ME)).status == 401
    assert len(await events("accounts.stepup.succeeded")) == 1


async def test_a089_the_use_of_a_token_is_noted_once_in_five_minutes(app, client_as):
    admin = await client_as("admin")
    body = {"name": "ci", "scopes": ["accounts:user:read"]}
    made = (await admin.post("/api/me/tokens", body)).json
    program = Client(admin.app, admin.origin, headers={"authorization": f"Bearer {made['token']}"})

    async def used(times: int) -> str:
        for _ in range(times):
            assert (await program.get(ME)).status == 200
        (token,) = (await admin.get("/api/me/tokens")).json["items"]
        return token["last_used_at"]

    first = await used(1)
    assert await used(40) == first
    async with app.parts.database.transaction() as db:
        since = "SET last_used_at = last_used_at - interval '6 minutes'"
        await db.execute(text(f"UPDATE foundation.api_tokens {since}"))
    assert await used(1) != first


@asynccontextmanager
async def database_away(app):
    """Let nobody into the database of *app*, and throw out who is there."""
    url = app.parts.settings.database_url.reveal()
    elsewhere, _, name = url.partition("?")[0].rpartition("/")
    engine = direct_engine(
        Secret(url.replace(f"{elsewhere}/{name}", f"{elsewhere}/postgres", 1)),
        application_name="foundation/tests",
        server={},
    )

    async def run(*statements: str) -> None:
        async with engine.connect() as plain:
            db = await plain.execution_options(isolation_level="AUTOCOMMIT")
            for statement in statements:
                await db.execute(text(statement))

    thrown_out = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    await run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false', thrown_out)
    try:
        yield
    finally:
        await run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        await engine.dispose()


async def test_a053_without_the_database_nobody_comes_in_and_nothing_is_written(
    browser, shown, app, client_as
):
    admin = await client_as("admin")
    query = browser.choose(await browser.go(), "viewer")
    async with database_away(app):
        came = await browser.back(query)
        assert (came.status, came.headers["location"]) == (303, "/login?e=unavailable")
        assert COOKIE not in browser.client.cookies
        assert await shown("A" * 43) == 503
        assert (await admin.get(ME)).status == 503
        assert (await admin.post("/api/roles", {})).status == 503
        assert (await browser.client.post("/api/auth/logout")).status == 503

    assert (await admin.get(ME)).status == 200
