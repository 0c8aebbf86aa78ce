"""API tokens: shown once, never wider than their owner, never able to do what needs a person."""

from datetime import UTC, datetime, timedelta

import pytest

from foundation.ids import uuid7
from foundation.testing.people import anonymous

SCOPES = ["system:plugin:read"]


async def made(client, **given):
    received = await client.post("/api/me/tokens", {"name": "ci", "scopes": SCOPES, **given})
    assert received.status == 201, received.text
    return received.json


@pytest.fixture
def bearer(app):
    def bearer(token: str, **headers: str):
        client = anonymous(app)
        client.headers["authorization"] = f"Bearer {token}"
        client.headers |= headers
        return client

    return bearer


def later(**given: int) -> str:
    return (datetime.now(UTC) + timedelta(**given)).isoformat()


async def test_a_token_is_shown_once_and_acts_for_its_owner(client_as, bearer, events) -> None:
    oscar = await client_as("operator")
    token = await made(oscar)

    me = (await bearer(token["token"]).get("/api/auth/me")).json

    assert (me["can"], me["session"]) == (SCOPES, None)
    (listed,) = (await oscar.get("/api/me/tokens")).json["items"]
    assert "token" not in listed
    assert (listed["prefix"], listed["state"]) == (token["token"][:12], "active")
    (event,) = await events("accounts.token.created")
    assert token["token"] not in str(event.detail)


async def test_a_bearer_needs_no_origin_and_a_route_beyond_its_scopes_is_refused(
    client_as, bearer
) -> None:
    token = (await made(await client_as("operator")))["token"]

    assert (await bearer(token, origin="").get("/api/plugins")).status == 200
    assert (await bearer(token, origin="").get("/api/users")).status == 403


async def test_a_repetition_with_the_same_key_does_not_show_it_again(client_as) -> None:
    oscar = await client_as("operator")
    body = {"name": "ci", "scopes": SCOPES}

    first = await oscar.post("/api/me/tokens", body, idempotency_key="k")
    again = await oscar.post("/api/me/tokens", body, idempotency_key="k")

    assert first.json["token"] != again.json["token"]


TOO_WIDE: list[tuple[dict[str, object], str]] = [
    ({"scopes": []}, "/scopes"),
    ({"scopes": ["projects:nothing:here"]}, "/scopes/0"),
    ({"scopes": ["accounts:role:manage"]}, "/scopes/0"),
    ({"scopes": ["accounts:user:write"]}, "/scopes/0"),
    ({"expires_at": later(days=-1)}, "/expires_at"),
    ({"expires_at": later(days=367)}, "/expires_at"),
    ({"networks": ["nowhere"]}, "/networks/0"),
    ({"kind": "service"}, "/kind"),
]


async def test_a087_a_token_too_wide_too_long_or_empty_is_not_made(client_as) -> None:
    admin = await client_as("admin")
    for given, pointer in TOO_WIDE:
        refused = await admin.post("/api/me/tokens", {"name": "ci", "scopes": SCOPES, **given})

        assert (refused.status, refused.pointers) == (422, {pointer})


async def test_a_viewer_cannot_give_a_token_what_they_may_not_do(client_as) -> None:
    vera = await client_as("viewer")

    refused = await vera.post("/api/me/tokens", {"name": "ci", "scopes": SCOPES})

    assert refused.status == 422


async def test_a082_a_demoted_owner_takes_the_right_from_the_token(client_as, bearer) -> None:
    admin, oscar = await client_as("admin"), await client_as("operator")
    token = (await made(oscar))["token"]
    oscar_id = (await oscar.get("/api/auth/me")).json["id"]
    version = (await admin.get(f"/api/users/{oscar_id}")).json["version"]

    await admin.patch(f"/api/users/{oscar_id}", {"role": "viewer"}, if_match=version)

    assert (await bearer(token).get("/api/auth/me")).json["can"] == []


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a087_the_token_of_a_disabled_person_does_not_count(
    client_as, bearer, events
) -> None:
    admin, oscar = await client_as("admin"), await client_as("operator")
    token = (await made(oscar))["token"]
    oscar_id = (await oscar.get("/api/auth/me")).json["id"]
    version = (await admin.get(f"/api/users/{oscar_id}")).json["version"]

    off = await admin.patch(f"/api/users/{oscar_id}", {"enabled": False}, if_match=version)

    assert (await bearer(token).get("/api/auth/me")).status == 401
    (revoked,) = await events("accounts.token.revoked")
    assert (revoked.reason, revoked.target.title) == ("disabled", "ci")
    await admin.patch(f"/api/users/{oscar_id}", {"enabled": True}, if_match=off.json["version"])
    assert (await bearer(token).get("/api/auth/me")).status == 401  # void for good
    (denied,) = await events("accounts.access.denied")
    assert (denied.reason, token in str(denied)) == ("bearer", False)
    assert (await bearer((await made(admin))["token"]).get("/api/auth/me")).status == 200


async def test_a_token_never_makes_tokens_ends_sessions_reveals_or_changes_rights(
    client_as, bearer
) -> None:
    admin = await client_as("admin")
    may = [item["name"] for item in (await admin.get("/api/me/permissions")).json["items"]
           if not item["sensitive"]]  # fmt: skip
    own = bearer((await made(admin, scopes=may))["token"])
    id = uuid7()

    asked = [
        await own.post("/api/me/tokens", {"name": "x", "scopes": SCOPES}),
        await own.post("/api/me/sessions/end-others"),
        await own.delete(f"/api/me/sessions/{id}"),
        await own.post(f"/api/users/{id}/sessions/end-all"),
        await own.patch(f"/api/users/{id}", {"role": "admin"}, if_match=1),
        await own.post("/api/roles", {"name": "x-y", "title": "X", "permissions": SCOPES}),
        await own.post("/api/invitations", {"email": "a@example.org"}),
    ]

    assert [one.status for one in asked] == [403] * len(asked)


async def test_a_revoked_token_does_not_count_and_revoking_is_told(
    client_as, bearer, events
) -> None:
    oscar = await client_as("operator")
    token = await made(oscar)

    assert (await oscar.delete(f"/api/me/tokens/{token['id']}")).status == 204

    assert (await bearer(token["token"]).get("/api/auth/me")).status == 401
    assert (await oscar.delete(f"/api/me/tokens/{token['id']}")).status == 404
    assert [event.target.id for event in await events("accounts.token.revoked")] == [token["id"]]


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a083_the_token_of_another_person_is_not_there(client_as, events) -> None:
    oscar, vera = await client_as("operator"), await client_as("viewer")
    token = await made(oscar)

    assert (await vera.delete(f"/api/me/tokens/{token['id']}")).status == 404
    assert await events("accounts.token.revoked") == []
    assert (await oscar.delete(f"/api/me/tokens/{token['id']}")).status == 204


async def test_a_token_for_other_networks_does_not_count_here(client_as, bearer) -> None:
    oscar = await client_as("operator")

    away = await made(oscar, networks=["192.0.2.0/24"])
    here = await made(oscar, networks=["192.0.2.0/24", "127.0.0.0/8"])

    assert (await bearer(away["token"]).get("/api/auth/me")).status == 401
    assert (await bearer(here["token"]).get("/api/auth/me")).status == 200


async def test_a_service_account_gets_its_tokens_from_an_admin(client_as, bearer) -> None:
    admin = await client_as("admin")
    robot = await admin.post("/api/service-accounts", {"name": "robot", "role": "operator"})
    path = f"/api/users/{robot.json['id']}/tokens"

    token = (await admin.post(path, {"name": "ci", "scopes": SCOPES})).json["token"]

    assert token.startswith("fnd_svc_")
    me = (await bearer(token).get("/api/auth/me")).json
    assert (me["kind"], me["can"]) == ("service", SCOPES)
    admin_id = (await admin.get("/api/auth/me")).json["id"]
    mine = await admin.post(f"/api/users/{admin_id}/tokens", {"name": "ci", "scopes": SCOPES})
    assert mine.status == 404
