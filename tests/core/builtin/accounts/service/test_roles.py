"""Roles of one's own: made of declared permissions, seen at once, never wider than their maker."""

import pytest

READ, WRITE = "system:plugin:read", "accounts:user:write"
BODY = {"name": "watchers", "title": "Watchers", "permissions": [READ]}


@pytest.fixture
async def admin(client_as):
    return await client_as("admin")


async def give(admin, client, role):
    who = (await client.get("/api/auth/me")).json["id"]
    version = (await admin.get(f"/api/users/{who}")).json["version"]
    return await admin.patch(f"/api/users/{who}", {"role": role}, if_match=version)


async def test_a_role_of_ones_own_gives_what_it_names_with_the_next_request(
    admin, client_as, events
) -> None:
    eve = await client_as(None, name="eve")
    assert (await admin.post("/api/roles", BODY)).status == 201
    assert (await eve.get("/api/plugins")).status == 403

    given = await give(admin, eve, "watchers")

    assert (given.status, given.json["role"], given.json["role_source"]) == (
        200, "watchers", "local",
    )  # fmt: skip
    assert (await eve.get("/api/plugins")).status == 200
    (event,) = await events("accounts.role.created")
    assert event.target.id == "watchers"


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a082_a_smaller_role_takes_the_right_at_once(admin, client_as, events) -> None:
    eve = await client_as(None, name="eve")
    await admin.post("/api/roles", BODY)
    await give(admin, eve, "watchers")
    assert (await eve.get("/api/plugins")).status == 200

    smaller = {"permissions": ["accounts:user:read"]}
    changed = await admin.patch("/api/roles/watchers", smaller, if_match=1)

    assert (changed.status, changed.json["version"]) == (200, 2)
    assert (await eve.get("/api/plugins")).status == 403
    assert (await eve.get("/api/users")).status == 200
    (denied,) = await events("accounts.access.denied")
    assert (denied.actor.name, denied.detail["permission"]) == ("Eve", READ)
    (event,) = await events("accounts.role.updated")
    assert event.detail == {"before": [READ], "after": ["accounts:user:read"]}


async def test_a_role_with_members_stays_and_without_them_goes(admin, client_as, events) -> None:
    eve = await client_as(None, name="eve")
    await admin.post("/api/roles", BODY)
    await give(admin, eve, "watchers")
    assert (await admin.delete("/api/roles/watchers")).code == "role_in_use"

    await give(admin, eve, None)

    assert (await admin.delete("/api/roles/watchers")).status == 204
    assert (await admin.get("/api/roles/watchers")).status == 404
    assert len(await events("accounts.role.deleted")) == 1


IMPOSSIBLE: list[tuple[dict[str, object], int]] = [
    ({"name": "admin"}, 409),
    ({"name": "UPPER"}, 422),
    ({"permissions": []}, 422),
    ({"permissions": ["projects:nothing:here"]}, 422),
    ({"permissions": ["x"]}, 422),
    ({"members": ["me"]}, 422),
]


async def test_a_role_that_cannot_be_is_refused(admin) -> None:
    for body, status in IMPOSSIBLE:
        assert (await admin.post("/api/roles", {**BODY, **body})).status == status


async def test_a_built_in_role_cannot_be_changed(admin) -> None:
    assert (await admin.patch("/api/roles/viewer", {"title": "x"}, if_match=1)).status == 404
    assert (await admin.delete("/api/roles/admin")).status == 404


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a079_nobody_gives_what_they_do_not_hold(admin, client_as, events) -> None:
    manager = await client_as(None, name="manager")
    rights = ["accounts:role:manage", WRITE]
    await admin.post("/api/roles", BODY | {"name": "managers", "permissions": rights})
    await give(admin, manager, "managers")
    eve = await client_as(None, name="eve")

    assert (await manager.post("/api/roles", BODY)).status == 403
    assert (await give(manager, eve, "admin")).status == 403
    denied = await events("accounts.access.denied")
    assert {event.actor.name for event in denied} == {"Manager"}
    assert (await give(manager, eve, "managers")).status == 200
    assert (await give(admin, eve, "nosuch")).pointers == {"/role"}


async def test_an_operator_makes_no_role(client_as) -> None:
    oscar = await client_as("operator")

    assert (await oscar.post("/api/roles", BODY)).status == 403
    assert (await oscar.get("/api/roles")).status == 403


async def test_a_preview_tells_what_would_change_and_changes_nothing(admin, client_as) -> None:
    eve = await client_as(None, name="eve")
    await admin.post("/api/roles", BODY)
    await give(admin, eve, "watchers")

    shown = await admin.post("/api/roles/preview", {"name": "watchers", "permissions": [WRITE]})

    assert shown.json == {
        "permissions": ["accounts:user:read", WRITE],
        "gains": ["accounts:user:read", WRITE],
        "loses": [READ],
        "people": 1,
    }
    assert (await admin.get("/api/roles/watchers")).json["permissions"] == [READ]


async def test_the_matrix_says_which_role_holds_what(admin) -> None:
    await admin.post("/api/roles", BODY)

    matrix = (await admin.get("/api/roles/matrix")).json

    assert [role["name"] for role in matrix["roles"]] == [
        "viewer", "operator", "admin", "watchers",
    ]  # fmt: skip
    rights = {
        right["name"]: right["roles"]
        for plugin in matrix["plugins"]
        for right in plugin["permissions"]
    }
    assert rights[READ] == ["operator", "admin", "watchers"]
    assert rights[WRITE] == ["admin"]
    assert {plugin["title"] for plugin in matrix["plugins"]} == {"Users", "System", "Runs"}
