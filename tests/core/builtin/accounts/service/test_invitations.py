"""Invitations over HTTP: the link is shown once, and leads in whom the provider vouches for."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from foundation.ids import uuid7

BODY = {"email": "eve@example.org", "role": "operator"}


@pytest.fixture
async def admin(client_as):
    return await client_as("admin")


async def test_a_link_is_shown_once_and_its_token_is_behind_the_hash(admin, events) -> None:
    made = await admin.post("/api/invitations", BODY)

    assert made.status == 201
    link = urlsplit(made.json["link"])
    assert (link.path, link.query) == ("/login", "")
    token = link.fragment.removeprefix("invite=")
    (listed,) = (await admin.get("/api/invitations")).json["items"]
    assert (listed["state"], listed["email"], "link" in listed) == ("open", BODY["email"], False)
    (event,) = await events("accounts.invitation.created")
    assert token not in str(event)


async def test_a_revoked_one_is_revoked_once(admin, events) -> None:
    made = (await admin.post("/api/invitations", BODY)).json

    assert (await admin.delete(f"/api/invitations/{made['id']}")).status == 204
    assert (await admin.delete(f"/api/invitations/{made['id']}")).status == 404
    assert (await admin.delete(f"/api/invitations/{uuid7()}")).status == 404
    (listed,) = (await admin.get("/api/invitations")).json["items"]
    assert listed["state"] == "revoked"
    assert len(await events("accounts.invitation.revoked")) == 1


async def test_what_is_no_address_is_refused(admin) -> None:
    for email in ["eve", "@example.org", "eve@example", "e v@example.org", ""]:
        refused = await admin.post("/api/invitations", {"email": email})

        assert (refused.status, refused.pointers) == (422, {"/email"})


async def test_a_role_that_does_not_exist_is_refused(admin) -> None:
    assert (await admin.post("/api/invitations", BODY | {"role": "nosuch"})).status == 422


async def test_inviting_wants_the_right_and_a_recent_sign_in(client_as) -> None:
    late = await client_as("admin", signed_in_ago=timedelta(minutes=6))

    assert (await late.post("/api/invitations", BODY)).code == "step_up_required"
    assert (await (await client_as("operator")).post("/api/invitations", BODY)).status == 403


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a090_an_unknown_token_begins_as_a_known_one_does(admin, client, events) -> None:
    token = (await admin.post("/api/invitations", BODY)).json["link"].partition("invite=")[2]

    known = await client.post("/api/auth/login", {"next": "/", "invite": token})
    unknown = await client.post("/api/auth/login", {"next": "/", "invite": "x" * len(token)})

    assert (known.status, set(known.json)) == (unknown.status, set(unknown.json))
    assert token not in known.text
    assert token not in "".join(known.cookies)
    assert await events.types() == ["accounts.invitation.created"]
    assert (await client.post("/api/auth/login", {"next": "/"})).status == 200
