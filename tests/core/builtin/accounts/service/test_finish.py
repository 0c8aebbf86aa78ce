"""Signing in, and again, through the whole of Foundation and the development provider."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation.auth.sessions import COOKIE
from foundation.auth.transaction import COOKIE as TX
from foundation.builtin.accounts.service.finish import come_back
from foundation.errors import Unavailable
from foundation.http.context import Caller


async def run(app, sql: str) -> None:
    async with app.parts.database.transaction() as db:
        await db.execute(text(sql))


async def test_somebody_signs_in_and_lands_where_they_wanted(browser, events) -> None:
    answer = await browser.sign_in("admin", next="/s/projects?q=1")

    assert (answer.status, answer.headers["location"]) == (303, "/s/projects?q=1")
    me = (await browser.client.get("/api/auth/me")).json
    assert (me["name"], me["email"], me["roles"]) == ("Ada Admin", "admin@example.org", ["admin"])
    assert "accounts:user:write" in me["can"]
    assert me["session"]["public_id"]
    told = (await events())[-1]
    assert (told.type, told.actor.name, told.outcome) == (
        "accounts.signin.succeeded",
        "Ada Admin",
        "success",
    )
    assert told.detail["granted"] == "admin"
    assert str(told.actor.id) == me["id"]
    assert str(told.session) == me["session"]["public_id"], "the session that began with it"
    assert told.owasp == ("authn_login_success", "session_created")


@pytest.mark.parametrize(("person", "roles"), [("operator", ["operator"]), ("viewer", ["viewer"])])
async def test_in_development_the_two_others_have_their_roles_too(browser, person, roles) -> None:
    await browser.sign_in(person)

    assert (await browser.client.get("/api/auth/me")).json["roles"] == roles


async def test_a_sign_in_is_one_event_and_no_more(browser, events) -> None:
    await browser.sign_in("admin")

    assert await events.types() == ["accounts.signin.succeeded"]


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a057_the_cookies_are_exactly_these(browser) -> None:
    began = await browser.client.post("/api/auth/login", {"next": "/"})
    (started,) = began.cookies
    name, _, rest = started.partition("=")
    assert name.startswith(TX)
    assert rest.partition("; ")[2] == "Max-Age=600; Path=/; Secure; HttpOnly; SameSite=Lax"

    signed_in, dropped = (await browser.sign_in("admin")).cookies
    assert signed_in.startswith(f"{COOKIE}=")
    assert signed_in.partition("; ")[2] == "Max-Age=604800; Path=/; Secure; HttpOnly; SameSite=Lax"
    assert dropped.startswith(TX)
    assert dropped.partition("=;")[2] == " Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"

    (gone,) = (await browser.client.post("/api/auth/logout")).cookies
    assert gone == f"{COOKIE}=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax"


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a005_the_same_way_back_twice_is_refused_and_the_session_stays(
    browser, events
) -> None:
    query = browser.choose(await browser.go(), "admin")
    await browser.back(query)
    again = await browser.back(query)

    assert again.headers["location"] == "/login?e=not_started"
    assert (await browser.client.get("/api/auth/me")).status == 200
    (told,) = await events("accounts.signin.failed")
    assert told.reason == "not_started"


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a003_another_browser_cannot_finish_what_this_one_began(
    browser, another_browser, events
) -> None:
    query = browser.choose(await browser.go(), "admin")
    other = another_browser()
    answer = await other.back(query)

    assert answer.headers["location"] == "/login?e=not_started"
    assert (await other.client.get("/api/auth/me")).status == 401
    assert (await browser.back(query)).headers["location"] == "/"  # the code was not spent
    (failed,) = await events("accounts.signin.failed")
    assert (failed.outcome, failed.reason) == ("failure", "not_started")
    assert failed.detail["address"] == "127.0.0.1"


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a006_a_code_with_the_state_of_another_sign_in_is_refused(browser, events) -> None:
    first, second = await browser.go(), await browser.go()
    brought = dict(part.split("=") for part in browser.choose(first, "admin").split("&"))
    answer = await browser.back(
        f"code={brought['code']}&iss={brought['iss']}&state={second['state']}"
    )

    assert answer.headers["location"] == "/login?e=exchange"
    (told,) = await events("accounts.signin.failed")
    assert told.reason == "exchange"
    assert (await browser.sign_in("admin")).headers["location"] == "/"


async def test_whoever_declines_at_the_provider_is_told_so(browser, events) -> None:
    answer = await browser.back(browser.choose(await browser.go(), ""))

    assert answer.headers["location"] == "/login?e=provider_denied"
    assert (await events())[-1].reason == "provider_denied"


async def test_a001_a002_any_query_is_a_redirect_with_a_reason(browser, events) -> None:
    for query, reason in [
        ("", "not_started"),
        ("state=x&state=y", "request"),
        ("a=" + "b" * 9000, "request"),
        ("state=%ff%fe&code=%00", "not_started"),
        ("error=%3Cscript%3E&error_description=canary%0d%0a", "not_started"),
    ]:
        answer = await browser.back(query)

        assert (answer.status, answer.headers["location"]) == (303, f"/login?e={reason}")
        assert answer.headers["cache-control"] == "no-store"
        assert "canary" not in str((await events())[-1])


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a034_a_foreign_next_becomes_the_start_page(browser) -> None:
    for foreign in (
        "//e.example", "/\\e.example", "/\t/e.example", "https:e.example", "javascript:alert(1)",
        "/.//e.example", "%2f%2fe.example", "https://localhost@e.example", "/a\r\nLocation: /b",
        "/" + "a" * 5_000, "/api/auth/logout",
    ):  # fmt: skip
        answer = await browser.sign_in("admin", next=foreign)

        assert (answer.status, answer.headers["location"]) == (303, "/"), foreign


async def test_a_failed_sign_in_after_the_start_drops_its_cookie(browser) -> None:
    await browser.back(browser.choose(await browser.go(), ""))

    assert not [name for name in browser.client.cookies if name.startswith(TX)]


async def test_a_disabled_person_is_not_let_in_and_nothing_of_it_stays(
    browser, app, events
) -> None:
    await browser.sign_in("viewer")
    async with app.parts.database.transaction() as db:
        await db.execute(
            text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)")
        )
        await db.execute(text("UPDATE foundation.users SET enabled = false"))
    browser.client.cookies.clear()
    answer = await browser.sign_in("viewer")

    assert answer.headers["location"] == "/login?e=not_allowed"
    assert (await events())[-1].reason == "not_allowed"


async def test_signing_in_again_ends_the_former_session_and_says_so(browser, events) -> None:
    await browser.sign_in("viewer")
    former = browser.client.cookies[COOKIE]
    await browser.sign_in("viewer")

    assert browser.client.cookies[COOKIE] != former
    assert await events.types() == [
        "accounts.signin.succeeded",
        "accounts.signin.succeeded",
        "accounts.session.ended",
    ]


async def test_a_step_up_makes_a_stale_session_fresh(browser, app, events) -> None:
    await browser.sign_in("admin")
    await run(app, "UPDATE foundation.sessions SET auth_time = auth_time - interval '10 minutes'")
    me = (await browser.client.get("/api/auth/me")).json
    url = f"/api/users/{me['id']}"
    stale = await browser.client.patch(url, {"role": "admin"}, if_match=1)
    assert (stale.status, stale.code) == (401, "step_up_required")

    answer = await browser.step_up("admin", next="/s/users")
    assert answer.headers["location"] == "/s/users"
    assert (
        await browser.client.patch(url, {"role": "viewer"}, if_match=1)
    ).code != "step_up_required"
    assert (await events("accounts.stepup"))[-1].type == "accounts.stepup.succeeded"


async def test_a_step_up_as_somebody_else_is_refused_and_the_session_stays(browser, events) -> None:
    await browser.sign_in("admin")
    answer = await browser.step_up("viewer")

    assert answer.headers["location"] == "/login?e=session"
    assert (await browser.client.get("/api/auth/me")).json["name"] == "Ada Admin"
    failed = (await events())[-1]
    assert (failed.type, failed.reason, failed.actor.name) == (
        "accounts.stepup.failed",
        "session",
        "Ada Admin",
    )


async def test_an_old_sign_in_at_the_provider_makes_no_fresh_session(client_as) -> None:
    client = await client_as("admin", signed_in_ago=timedelta(minutes=6))
    me = (await client.get("/api/auth/me")).json

    assert (
        await client.patch(f"/api/users/{me['id']}", {"role": None}, if_match=1)
    ).code == "step_up_required"


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a059_neither_cookie_nor_token_nor_nonce_stands_anywhere(
    browser, app, provider, events
) -> None:
    asked = await browser.go()
    await browser.back(browser.choose(asked, "admin"))
    token = browser.client.cookies[COOKIE]
    me = (await browser.client.get("/api/auth/me")).text
    listed = (await browser.client.get("/api/users")).text
    async with app.parts.database.reading() as db:
        tables = await db.scalars(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'foundation'")
        )
        dumps = [
            (
                await db.execute(text(f'SELECT jsonb_agg(t)::text FROM foundation."{table}" t'))
            ).scalar_one()
            for table in tables
        ]
    everything = me + listed + "".join(dump or "" for dump in dumps)

    for canary in (
        token,
        asked["nonce"],
        asked["state"],
        base64.b64encode(token.encode()).decode(),
    ):
        assert canary not in everything
    assert "eyJ" not in everything


class AwayDatabase:
    """A database that cannot be reached."""

    async def execute(self, statement):
        raise Unavailable("it is away")

    async def rollback(self):
        """Nothing was begun."""


class KnowsEverybody:
    """An identity to whom everybody comes back well."""

    def __init__(self) -> None:
        self.signin = self

    def claim(self, query, cookies):
        return None, {}

    async def back(self, transaction, parameters):
        return None

    async def look(self, rate, *, principal, address):
        """Limit nobody."""


class Asked:
    """As much of a context as the way back needs."""

    caller = Caller("192.0.2.1")
    db = AwayDatabase()

    def get(self, port):
        return KnowsEverybody()


async def test_a053_with_the_database_away_nobody_signs_in_and_the_page_says_so() -> None:
    answer = await come_back(Asked())

    assert answer.status == 303
    assert answer.headers["Location"] == "/login?e=unavailable"
    assert answer.cookies == ()
