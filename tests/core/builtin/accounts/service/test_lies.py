"""Each lie of a provider, or about one, through a whole sign-in: a reason, an event, and no harm.

What exactly is refused, the tests of `auth.oidc` and `auth.signin` say; here, that it is told and
that the next honest sign-in works.
"""

from urllib.parse import parse_qsl, urlencode

import pytest

from foundation.auth.oidc.examine import examine
from foundation.auth.sessions import COOKIE

pytestmark = pytest.mark.usefixtures("the_next_honest_request_works")
FAILED = "accounts.signin.failed"


@pytest.fixture
def foundation_environ(foundation_environ) -> dict[str, str]:
    groups = {"OIDC_GROUPS_CLAIM": "groups", "OIDC_GROUP_ROLES": "root=admin"}
    return foundation_environ | {f"FOUNDATION_{name}": value for name, value in groups.items()}


@pytest.fixture
async def begun(browser):
    async def begun() -> dict[str, str]:
        query = browser.choose(await browser.go(), "viewer")
        return dict(parse_qsl(query))

    return begun


async def test_a007_a021_a022_a023_a025_a038_a_claim_that_is_wrong(tried, clock):
    ahead = int(clock.now().timestamp()) + 601
    lies = [
        {"aud": "other"}, {"aud": ["foundation", "other"]}, {"aud": ""}, {"aud": []},
        {"aud": "other", "azp": "foundation"},
        {"iss": "https://evil.example"}, {"sub": None}, {"sub": ""}, {"sub": 7},
        {"sub": "x" * 300}, {"sub": "a\0b"},
        {"nonce": None}, {"nonce": "of-another-sign-in"}, {"nonce": 7},
        {"nonce": None, "nonce_supported": False},
        {"iat": ahead, "exp": ahead + 300},
    ]  # fmt: skip
    await tried(FAILED, [{"claims": lie} for lie in lies])
    await tried(FAILED, [{"payload": lambda told: told[:-1] + b', "sub": "admin"}'}])


async def test_a027_an_answer_without_a_token(tried):
    await tried(FAILED, [{"whole": ""}, {"whole": "<html>canary"}])
    await tried(FAILED, [{"whole": 7}, {"whole": ["canary"]}], "exchange")


async def test_a001_a002_a009_a010_a029_a_way_back_that_is_wrong(refused, begun, provider):
    iss = provider.issuer
    ways = [
        ({"state": "canary"}, "state"),
        ({"iss": None}, "iss"),
        ({"iss": "https://evil.example"}, "iss"),
        ({"iss": iss + "/"}, "iss"),
        ({"iss": iss.upper()}, "iss"),
        ({"iss": [iss, "https://evil.example"]}, "request"),
        ({"state": ["a", "a"]}, "request"),
        ({"code": None, "error": "access_denied"}, "provider_denied"),
        ({"code": None, "error": "<script>canary\r\n"}, "provider_error"),
    ]
    for lie, reason in ways:
        brought = {name: value for name, value in ((await begun()) | lie).items() if value}
        await refused(FAILED, urlencode(brought, doseq=True), reason)


async def test_a011_a_provider_that_describes_itself_falsely_is_not_gone_to(
    browser, app, provider, clock, events
):
    port = provider.issuer.rpartition(":")[2]
    lies = [
        ({"issuer": "https://evil.example"}, "names another issuer"),
        ({"issuer": provider.issuer + "/"}, "names another issuer"),
        ({"authorization_endpoint": "http://evil.example/go"}, "is not https"),
        ({"token_endpoint": f"http://localhost:{port}/token"}, "is on another host"),
        ({"jwks_uri": ""}, "lacks jwks_uri"),
    ]
    for lie, why in lies:
        provider.says = lie
        begun = await browser.client.post("/api/auth/login", {"next": "/"})
        assert (begun.status, begun.code, begun.cookies) == (503, "unavailable", ())
        assert why in begun.json["detail"]
        assert why in (app.parts.identity.problem or "")
        ((what, state, told),) = await examine(app.parts.settings, clock=clock)
        assert (what, state) == ("provider", "bad")
        assert why in told
    assert await events() == []


async def test_a030_a031_an_admins_name_and_address_make_nobody_an_admin(
    browser, another_browser, provider
):
    ada = another_browser()
    await ada.sign_in("admin")
    body = {"email": "admin@example.org", "role": "admin"}
    invited = (await ada.client.post("/api/invitations", body)).json
    invite = invited["link"].partition("#invite=")[2]
    for verified in ({}, {"email_verified": False}, {"email_verified": "true"}):
        provider.tells = {"email": body["email"], "name": "admin", "preferred_username": "admin"}
        provider.tells |= verified
        await browser.back(browser.choose(await browser.go(invite=invite), "viewer"))
        me = (await browser.client.get("/api/auth/me")).json
        assert (me["email"], me["roles"]) == (body["email"], ["viewer"])
        assert me["id"] != (await ada.client.get("/api/auth/me")).json["id"]
    (still,) = (await ada.client.get("/api/invitations")).json["items"]
    assert still["state"] == "open"


async def test_a033_the_only_admin_without_the_group_stays_and_the_trail_is_told(
    browser, mint, events
):
    for groups in (["root"], []):
        mint.lie(claims={"groups": groups})
        await browser.sign_in("viewer")

    assert "admin" in (await browser.client.get("/api/auth/me")).json["roles"]
    (event,) = await events("accounts.groups.undecided")
    assert "last admin" in event.detail["note"]


async def test_a037_a_step_up_that_comes_back_to_another_session(browser, another_browser, refused):
    await browser.sign_in("viewer")
    other = another_browser()
    await other.sign_in("viewer")
    query = browser.choose(await browser.go(path="/api/auth/step-up"), "viewer")
    browser.client.cookies[COOKIE] = other.client.cookies[COOKIE]

    await refused("accounts.stepup.failed", query, "session")

    assert (await other.client.get("/api/auth/me")).status == 200
