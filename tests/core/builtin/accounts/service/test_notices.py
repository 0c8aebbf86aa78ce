"""People are told of tokens that end soon and of a session that one too many ended: their own."""

from datetime import UTC, datetime, timedelta

SCOPES = ["accounts:user:read"]


async def test_a_token_that_ends_soon_is_told_to_whoever_answers_for_it(client_as) -> None:
    admin, vera = await client_as("admin"), await client_as("viewer")
    service = (await admin.post("/api/service-accounts", {"name": "ci", "role": "admin"})).json
    paths = {"soon": "/api/me/tokens", "theirs": f"/api/users/{service['id']}/tokens"}
    for name, path in paths.items():
        end = (datetime.now(UTC) + timedelta(days=9)).isoformat()
        body = {"name": name, "scopes": SCOPES, "expires_at": end}
        assert (await admin.post(path, body)).status == 201
    await admin.post("/api/me/tokens", {"name": "later", "scopes": SCOPES})

    told = (await admin.get("/api/me/notices")).json["items"]

    assert [(item["kind"], item["name"], item["owner"]) for item in told] == [
        ("token_ends", "soon", "Admin"), ("token_ends", "theirs", "ci"),
    ]  # fmt: skip
    assert (await vera.get("/api/me/notices")).json["items"] == []


async def test_whoever_signs_in_for_the_eleventh_time_is_told_what_ended(
    browser, another_browser, events
) -> None:
    browsers = [browser, *(another_browser() for _ in range(10))]
    for one in browsers:
        assert (await one.sign_in("viewer")).status == 303

    (told,) = (await browsers[-1].client.get("/api/me/notices")).json["items"]

    assert (await browser.client.get("/api/auth/me")).status == 401
    (ended,) = await events("accounts.session.ended")
    assert (told["kind"], told["id"], ended.reason) == (
        "session_ended", ended.target.id, "too_many",
    )  # fmt: skip
