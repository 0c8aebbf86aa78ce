"""Users: who sees them, who changes them, and what nobody can change."""

import pytest

from foundation import ids


@pytest.fixture
async def admin(client_as):
    return await client_as("admin", name="ada")


@pytest.fixture
async def vera(client_as):
    return await client_as("viewer", name="vera")


async def id_of(client) -> str:
    return (await client.get("/api/auth/me")).json["id"]


async def test_an_admin_sees_everybody_newest_first(admin, vera) -> None:
    page = (await admin.get("/api/users")).json

    assert [user["name"] for user in page["items"]] == ["Vera", "Ada"]
    assert page["next"] is None
    assert page["items"][0]["role"] == "viewer"
    assert set(page["items"][0]) == {
        "id", "version", "created_at", "updated_at", "name", "email", "kind",
        "enabled", "role", "role_source", "roles", "issuer", "owner_id", "last_seen_at", "mfa",
    }  # fmt: skip


@pytest.mark.parametrize("role", ["viewer", "operator", None])
async def test_a079_nobody_else_sees_or_changes_users(client_as, events, role) -> None:
    client = await client_as(role, name="eve")
    own = await id_of(client)

    assert (await client.get("/api/users")).status == 403
    assert (await client.get(f"/api/users/{own}")).status == 403
    assert (await client.patch(f"/api/users/{own}", {"role": "admin"}, if_match=1)).status == 403
    denied = await events("accounts.access.denied")
    assert {(one.actor.name, one.detail["permission"]) for one in denied} == {
        ("Eve", "accounts:user:read"), ("Eve", "accounts:user:write"),
    }  # fmt: skip
    assert (await client.get("/api/auth/me")).status == 200


async def test_a_stranger_is_sent_to_sign_in(client) -> None:
    assert (await client.get("/api/users")).status == 401


async def test_users_are_found_by_a_part_of_name_or_email(admin, client_as) -> None:
    for name in ("vera", "100%", "under_score"):
        await client_as("viewer", name=name)

    async def names(q: str) -> list[str]:
        return [u["email"] for u in (await admin.get("/api/users", query={"q": q})).json["items"]]

    assert await names("VER") == ["vera@people.test"]
    assert await names("%") == ["100%@people.test"]
    assert await names("_") == ["under_score@people.test"]
    assert await names("nobody") == []


async def test_the_list_comes_in_pages(admin, client_as) -> None:
    for number in range(3):
        await client_as("viewer", name=f"p{number}")
    first = (await admin.get("/api/users", query={"limit": "2"})).json
    second = (await admin.get("/api/users", query={"limit": "2", "cursor": first["next"]})).json

    names = [user["name"] for user in first["items"] + second["items"]]
    assert names == ["P2", "P1", "P0", "Ada"]
    assert second["next"] is None


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a085_a_bad_query_is_refused(admin) -> None:
    for query in [{"limit": "0"}, {"cursor": "junk"}, {"fields": "token_hash"}, {"q": "x" * 300}]:
        assert (await admin.get("/api/users", query=query)).status in {400, 422}
    assert (await admin.get("/api/users", query={"limit": "1"})).status == 200


async def test_a_role_is_given_counts_at_once_and_is_told(admin, vera, events) -> None:
    user_id = await id_of(vera)
    before = (await admin.get(f"/api/users/{user_id}")).json
    changed = await admin.patch(
        f"/api/users/{user_id}", {"role": "operator"}, if_match=before["version"]
    )

    assert changed.status == 200
    assert changed.json["role"] == "operator"
    assert changed.json["version"] == before["version"] + 1
    assert changed.headers["etag"] == f'"{changed.json["version"]}"'
    assert (await vera.get("/api/auth/me")).json["roles"] == ["operator"]
    told = (await events("accounts.role"))[-1]
    assert (told.actor.name, told.target.title) == ("Ada", "Vera")
    assert told.detail == {"before": ["viewer"], "after": ["operator"]}


async def test_a_role_is_taken_away(admin, vera) -> None:
    user_id = await id_of(vera)
    version = (await admin.get(f"/api/users/{user_id}")).json["version"]
    changed = await admin.patch(f"/api/users/{user_id}", {"role": None}, if_match=version)

    assert (changed.json["role"], changed.json["roles"]) == (None, [])
    assert (await vera.get("/api/auth/me")).json["can"] == []


async def test_the_same_role_again_changes_nothing_and_tells_nothing(admin, vera, events) -> None:
    user_id = await id_of(vera)
    version = (await admin.get(f"/api/users/{user_id}")).json["version"]
    same = await admin.patch(
        f"/api/users/{user_id}", {"role": "viewer", "enabled": True}, if_match=version
    )

    assert same.json["version"] == version
    assert await events("accounts.role") == []


async def test_a_change_of_what_was_meanwhile_changed_is_refused_with_both(admin, vera) -> None:
    user_id = await id_of(vera)
    stale = await admin.patch(f"/api/users/{user_id}", {"role": "operator"}, if_match=99)

    assert stale.status == 412
    assert stale.json["expected"] == 99
    assert stale.json["current"]["name"] == "Vera"


async def test_a_change_needs_if_match(admin, vera) -> None:
    assert (await admin.patch(f"/api/users/{await id_of(vera)}", {"role": None})).status == 428


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a078_a_body_that_says_something_else_is_refused(admin, vera) -> None:
    for body in [
        {},
        {"role": "Root!"},
        {"role": ["admin"]},
        {"enabled": None},
        {"enabled": "yes"},
        {"enabled": 1},
        {"role": "admin", "id": "x"},
        {"kind": "service"},
        {"issuer": "https://evil.example"},
    ]:
        assert (
            await admin.patch(f"/api/users/{await id_of(vera)}", body, if_match=1)
        ).status == 422
    path = f"/api/users/{await id_of(vera)}"
    version = (await admin.get(path)).json["version"]
    assert (await admin.patch(path, {"role": "operator"}, if_match=version)).status == 200


async def test_a079_an_admin_cannot_change_their_own_rights(admin, client_as, events) -> None:
    own = await id_of(admin)
    for body in [{"role": "viewer"}, {"role": None}, {"enabled": False}]:
        await client_as("admin", name="grace")
        version = (await admin.get(f"/api/users/{own}")).json["version"]

        assert (await admin.patch(f"/api/users/{own}", body, if_match=version)).status == 403
    assert {event.actor.name for event in await events("accounts.access.denied")} == {"Ada"}
    assert (await admin.get(f"/api/users/{own}")).status == 200


async def test_disabling_somebody_ends_their_sessions_at_once(admin, vera, events) -> None:
    user_id = await id_of(vera)
    version = (await admin.get(f"/api/users/{user_id}")).json["version"]
    off = await admin.patch(f"/api/users/{user_id}", {"enabled": False}, if_match=version)
    assert off.json["enabled"] is False
    assert (await vera.get("/api/auth/me")).status == 401
    assert (await events("accounts.user"))[-1].detail == {"sessions": 1}

    on = await admin.patch(f"/api/users/{user_id}", {"enabled": True}, if_match=off.json["version"])
    assert on.json["enabled"] is True
    assert (await vera.get("/api/auth/me")).status == 401
    assert await events.types() == [
        "accounts.user.disabled", "accounts.session.replayed", "accounts.user.enabled",
    ]  # fmt: skip


async def test_only_who_is_disabled_is_deleted_and_the_trail_stays(admin, vera, events) -> None:
    path = f"/api/users/{await id_of(vera)}"
    assert (await admin.delete(f"/api/users/{await id_of(admin)}")).code == "still_enabled"
    assert (await admin.delete(path)).code == "still_enabled"
    await admin.patch(path, {"enabled": False}, if_match=(await admin.get(path)).json["version"])

    assert (await admin.delete(path)).status == 204

    assert (await admin.get(path)).status == 404
    assert (await vera.get("/api/auth/me")).status == 401
    (gone,) = await events("accounts.user.deleted")
    assert (gone.target.title, gone.actor.name) == ("Vera", "Ada")


async def test_people_without_a_second_factor_are_found(admin, vera) -> None:
    strong = (await admin.get("/api/users?mfa=yes")).json["items"]
    weak = (await admin.get("/api/users?mfa=no")).json["items"]

    assert strong == []
    assert {(one["name"], one["mfa"]) for one in weak} == {("Vera", False), ("Ada", False)}


async def test_a083_an_unknown_user_is_not_found_in_every_way(admin) -> None:
    for id in (str(ids.uuid7()), "1", "me", "%00"):
        assert (await admin.get(f"/api/users/{id}")).status == 404
    assert (
        await admin.patch(f"/api/users/{ids.uuid7()}", {"role": None}, if_match=1)
    ).status == 404
    assert (await admin.get(f"/api/users/{await id_of(admin)}")).status == 200
