"""The provider's sign-out over HTTP: a form with one token, no cookie, no hint of who is here."""

import pytest

from foundation.auth.oidc.logout import EVENT

PATH = "/api/auth/backchannel-logout"
FORM = {"content-type": "application/x-www-form-urlencoded", "origin": ""}


@pytest.fixture
def send(client):
    async def send(body: str = "", **headers: str):
        return await client.send("POST", PATH, body=body.encode(), headers=FORM | headers)

    return send


@pytest.fixture
def logout_token(provider):
    """Sign a logout token as the development provider would."""

    def make(**lies: object) -> str:
        now = int(provider.clock.now().timestamp())
        claims = {
            "iss": provider.issuer, "aud": "foundation", "iat": now, "exp": now + 120,
            "jti": "j-1", "sub": "viewer", "events": {EVENT: {}},
        }  # fmt: skip
        return provider.mint.typed("logout+jwt", claims | lies)

    return make


async def test_the_provider_signs_somebody_out(browser, send, logout_token, events) -> None:
    await browser.sign_in("viewer")
    token = logout_token()

    answer = await send(f"logout_token={token}")

    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert (await browser.client.get("/api/auth/me")).status == 401
    (event,) = await events("accounts.session.ended")
    assert (event.reason, event.actor.type) == ("provider", "anonymous")

    await browser.sign_in("viewer")
    assert (await send(f"logout_token={token}")).status == 200  # a replay
    assert (await browser.client.get("/api/auth/me")).status == 200


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a045_a_name_or_an_address_is_no_subject_and_the_answer_is_the_same(
    browser, send, logout_token, events
) -> None:
    await browser.sign_in("viewer")
    for jti, sub in enumerate(("nobody", "Vera Viewer", "viewer@example.org", "VIEWER")):
        answer = await send(f"logout_token={logout_token(sub=sub, jti=f'j-{jti}')}")
        assert (answer.status, answer.body) == (200, b"")

    assert await events("accounts.session.ended") == []
    assert (await browser.client.get("/api/auth/me")).status == 200


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a039_a_form_that_is_none_is_400_or_413(send, logout_token, events) -> None:
    for body, media, status in [
        ("", FORM["content-type"], 400),
        ('{"logout_token": "x"}', "application/json", 400),
        ("logout_token=" + "x" * 1_000_000, FORM["content-type"], 413),
        ("logout_token=a&logout_token=b", FORM["content-type"], 400),
        ("logout_token=", FORM["content-type"], 400),
        ("other=1", FORM["content-type"], 400),
    ]:
        assert (await send(body, **{"content-type": media})).status == status
    assert await events() == []
    assert (await send(f"logout_token={logout_token()}")).status == 200


@pytest.mark.usefixtures("the_next_honest_request_works")
@pytest.mark.parametrize("lie", [{"nonce": "n"}, {"events": {}}, {"sub": None}])
async def test_a041_a042_a043_a_bad_token_is_400_and_told_and_the_next_one_works(
    browser, send, logout_token, events, lie
) -> None:
    await browser.sign_in("viewer")

    assert (await send(f"logout_token={logout_token(**lie)}")).status == 400

    (event,) = await events("accounts.logout.refused")
    assert (event.outcome, event.reason) == ("failure", "token")
    assert (await browser.client.get("/api/auth/me")).status == 200
    assert (await send(f"logout_token={logout_token()}")).status == 200
    assert (await browser.client.get("/api/auth/me")).status == 401


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a046_get_is_405_and_a_cookie_does_not_count(
    browser, send, logout_token, events
) -> None:
    await browser.sign_in("admin")
    assert (await browser.client.get(PATH)).status == 405

    answer = await browser.client.send(
        "POST", PATH, body=b"logout_token=x", headers=FORM | {"sec-fetch-site": "cross-site"}
    )

    assert answer.status == 400
    (event,) = await events("accounts.logout.refused")
    assert (event.actor.type, event.reason) == ("anonymous", "token")
    assert (await browser.client.get("/api/auth/me")).status == 200
    assert (await send(f"logout_token={logout_token(sub='admin')}")).status == 200
