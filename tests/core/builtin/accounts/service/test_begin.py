"""A sign-in begins by a click of our own page, and leads to the provider or says why not."""

import pytest


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a035_a_forged_host_does_not_reach_the_redirect_uri(browser) -> None:
    began = await browser.client.post(
        "/api/auth/login",
        {"next": "/"},
        headers={"X-Forwarded-Host": "evil.example", "Host": "evil.example"},
    )

    assert "evil.example" not in began.json["redirect"]
    assert (await browser.sign_in("viewer")).headers["location"] == "/"


async def test_a066_another_site_cannot_begin_or_end_anything(browser, events) -> None:
    await browser.sign_in("viewer")
    for path in ("/api/auth/login", "/api/auth/logout", "/api/auth/step-up"):
        refused = await browser.client.post(
            path, {"next": "/"}, headers={"Origin": "https://evil.example"}
        )
        assert refused.status == 403
    assert len(await events("accounts.csrf.refused")) == 3
    assert (await browser.client.post("/api/auth/logout")).status == 200


async def test_a_step_up_needs_a_session(client) -> None:
    assert (await client.post("/api/auth/step-up", {"next": "/"})).status == 401


async def test_a038_with_the_provider_away_the_start_says_so_and_sessions_go_on(
    browser, app
) -> None:
    await browser.sign_in("viewer")
    discovery = app.parts.identity._provider._discovery
    discovery._kept, discovery._fetched_at = None, None
    discovery._settings = discovery._settings.model_copy(
        update={"oidc_issuer": "http://127.0.0.1:9"}
    )
    refused = await browser.client.post("/api/auth/login", {"next": "/"})

    assert (refused.status, refused.code) == (503, "unavailable")
    assert "sign-in is not possible now" in refused.json["detail"]
    assert (await browser.client.get("/api/auth/me")).status == 200


async def test_a_body_with_more_than_next_is_refused(client) -> None:
    refused = await client.post(
        "/api/auth/login", {"next": "/", "redirect_uri": "https://evil.example"}
    )

    assert refused.status == 422
    assert refused.pointers == {"/redirect_uri"}
