"""Who is signed in, and that leaving ends the session whatever the provider says."""

from dataclasses import replace


async def test_me_tells_who_i_am_and_what_i_may_do(browser) -> None:
    await browser.sign_in("viewer")
    me = (await browser.client.get("/api/auth/me")).json

    assert set(me) == {"id", "name", "email", "roles", "can", "kind", "bootstrap", "session"}
    assert set(me["session"]) == {"public_id", "auth_time", "expires_at"}
    assert "accounts:user:read" not in me["can"]


async def test_nobody_is_nobody(client) -> None:
    assert (await client.get("/api/auth/me")).status == 401


async def test_a_stranger_learns_only_that_nobody_is_signed_in(browser) -> None:
    said = [
        await browser.client.get("/api/auth/here", headers=headers)
        for headers in (
            {},
            {"Cookie": "__Host-foundation_session=a-guess"},
            {"Origin": "https://evil.example"},
        )
    ]
    await browser.sign_in("operator")
    said.append(await browser.client.get("/api/auth/here"))

    assert [one.json for one in said] == [*[{"signed_in": False}] * 3, {"signed_in": True}]
    for answer in said:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert "access-control-allow-origin" not in answer.headers
        assert answer.cookies == ()


async def test_signing_out_ends_the_session_and_leads_to_the_providers_way_out(
    browser, provider, events
) -> None:
    await browser.sign_in("viewer")
    kept = dict(browser.client.cookies)
    left = await browser.client.post("/api/auth/logout")

    assert left.json["redirect"].startswith(f"{provider.issuer}/logout?")
    assert "id_token_hint=eyJ" in left.json["redirect"]
    assert left.headers["clear-site-data"] == '"cache", "storage"'
    browser.client.cookies = kept
    assert (await browser.client.get("/api/auth/me")).status == 401
    (ended,) = await events("accounts.session.ended")
    assert (ended.actor.name, ended.reason) == ("Vera Viewer", "signed_out")
    (replayed,) = await events("accounts.session.replayed")
    assert (replayed.actor.type, replayed.reason) == ("anonymous", "signed_out")
    shown = replace(ended.target, title=ended.actor.name)
    assert (replayed.target, replayed.outcome) == (shown, "denied")


async def test_signing_out_without_a_session_is_no_error(client) -> None:
    left = await client.post("/api/auth/logout")

    assert (left.status, left.json) == (200, {"redirect": "/login"})


async def test_a075_a_get_signs_nobody_out(browser) -> None:
    await browser.sign_in("viewer")

    assert (await browser.client.get("/api/auth/logout")).status == 405
    assert (await browser.client.get("/api/auth/me")).status == 200
