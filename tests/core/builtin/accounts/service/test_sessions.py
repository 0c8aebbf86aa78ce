"""Sessions as people see them: one's own, somebody's, and nobody else's."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation.ids import uuid7

LONG = timedelta(minutes=6)


async def test_a_person_sees_their_sessions_and_which_one_is_this(client_as) -> None:
    first = await client_as("viewer")
    second = await client_as("viewer")

    items = (await second.get("/api/me/sessions")).json["items"]

    assert [item["is_current"] for item in items] == [True, False]
    assert set(items[0]) == {
        "public_id", "is_current", "created_at", "last_seen_at", "ends_at", "auth_time",
        "address", "browser", "acr", "amr", "mfa",
    }  # fmt: skip
    assert first.cookies.copy().popitem()[1] not in str(items)


async def test_an_ended_session_is_signed_out_at_once_and_told(client_as, events) -> None:
    other, ada = await client_as("viewer"), await client_as("viewer")
    items = (await ada.get("/api/me/sessions")).json["items"]
    which = next(item["public_id"] for item in items if not item["is_current"])

    assert (await ada.delete(f"/api/me/sessions/{which}")).status == 204

    assert (await other.get("/api/auth/me")).status == 401
    assert (await ada.get("/api/auth/me")).status == 200
    (event,) = await events("accounts.session.ended")
    assert (event.reason, event.target.id) == ("ended", which)
    assert (await ada.delete(f"/api/me/sessions/{which}")).status == 404


async def test_ending_the_others_leaves_this_one(client_as, events) -> None:
    others = [await client_as("viewer"), await client_as("viewer")]
    ada = await client_as("viewer")

    assert (await ada.post("/api/me/sessions/end-others")).json == {"ended": 2}

    assert [(await one.get("/api/auth/me")).status for one in [*others, ada]] == [401, 401, 200]
    assert len(await events("accounts.session.ended")) == 2


async def test_ending_sessions_wants_a_recent_sign_in(client_as) -> None:
    ada = await client_as("viewer", signed_in_ago=LONG)
    (item,) = (await ada.get("/api/me/sessions")).json["items"]

    assert (await ada.post("/api/me/sessions/end-others")).code == "step_up_required"
    ended = await ada.delete(f"/api/me/sessions/{item['public_id']}")
    assert ended.code == "step_up_required"


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a061_the_session_of_another_person_is_not_there(client_as, events) -> None:
    vera, oscar = await client_as("viewer"), await client_as("operator")
    (item,) = (await vera.get("/api/me/sessions")).json["items"]

    refused = await oscar.delete(f"/api/me/sessions/{item['public_id']}")

    unknown = await oscar.delete(f"/api/me/sessions/{uuid7()}")
    assert (refused.status, refused.json["title"]) == (404, unknown.json["title"])
    assert await events() == []
    assert (await vera.get("/api/auth/me")).status == 200


@pytest.mark.usefixtures("the_next_honest_request_works")
@pytest.mark.parametrize("over", [
    "last_seen_at = now() - interval '24 hours 1 second'", "expires_at = now() - interval '1 second'",
])  # fmt: skip
async def test_a054_a_session_that_ended_by_itself_is_401_and_the_next_one_works(
    app, client_as, events, over
) -> None:
    vera = await client_as("viewer")
    async with app.parts.database.transaction() as db:
        await db.execute(text(f"UPDATE foundation.sessions SET {over}"))

    assert (await vera.get("/api/auth/me")).status == 401

    assert await events() == []
    assert (await (await client_as("viewer")).get("/api/auth/me")).status == 200


async def test_an_admin_ends_one_session_of_somebody_or_all(client_as, events) -> None:
    admin = await client_as("admin")
    veras = [await client_as("viewer") for _ in range(3)]
    vera_id = (await veras[0].get("/api/auth/me")).json["id"]
    path = f"/api/users/{vera_id}/sessions"
    items = (await admin.get(path)).json["items"]

    assert (await admin.delete(f"{path}/{items[0]['public_id']}")).status == 204
    assert (await admin.post(f"{path}/end-all")).json == {"ended": 2}

    assert [(await one.get("/api/auth/me")).status for one in veras] == [401, 401, 401]
    assert {event.reason for event in await events("accounts.session.ended")} == {"by_admin"}
    assert (await admin.get(f"/api/users/{uuid7()}/sessions")).status == 404
    assert (await veras[0].get("/api/auth/me")).status == 401


async def test_somebody_without_the_right_sees_no_sessions_of_others(client_as) -> None:
    vera, oscar = await client_as("viewer"), await client_as("operator")
    vera_id = (await vera.get("/api/auth/me")).json["id"]

    assert (await oscar.get(f"/api/users/{vera_id}/sessions")).status == 403
    assert (await oscar.post(f"/api/users/{vera_id}/sessions/end-all")).status == 403


async def test_an_admin_signs_everybody_out_but_themselves(client_as, events) -> None:
    admin, vera, oscar = [await client_as(role) for role in ("admin", "viewer", "operator")]

    assert (await oscar.post("/api/users/end-all-sessions")).status == 403
    assert (await admin.post("/api/users/end-all-sessions")).json == {"ended": 2}

    seen = [(await one.get("/api/auth/me")).status for one in (admin, vera, oscar)]
    assert seen == [200, 401, 401]
    (event,) = await events("accounts.sessions.ended")
    assert (event.severity, event.detail) == ("critical", {"sessions": 2})
    assert (await admin.post("/api/users/end-all-sessions")).json == {"ended": 0}
