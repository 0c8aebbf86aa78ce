"""Service accounts: no sign-in, a role, and a person who answers for them."""

import pytest

from foundation.ids import uuid7


@pytest.fixture
async def admin(client_as):
    return await client_as("admin")


async def me(client) -> str:
    return (await client.get("/api/auth/me")).json["id"]


async def test_one_is_made_with_a_role_and_belongs_to_its_maker(admin, events) -> None:
    made = await admin.post("/api/service-accounts", {"name": "robot", "role": "operator"})

    assert made.status == 201
    view = made.json
    assert (view["kind"], view["role"], view["owner_id"]) == (
        "service",
        "operator",
        await me(admin),
    )
    listed = (await admin.get("/api/users?kind=service")).json["items"]
    assert [user["name"] for user in listed] == ["robot"]
    assert len(await events("accounts.service.created")) == 1


async def test_it_gets_another_name_and_owner(admin, client_as, events) -> None:
    grace = await client_as("admin", name="grace")
    id = (await admin.post("/api/service-accounts", {"name": "robot"})).json["id"]

    body = {"name": "machine", "owner_id": await me(grace)}
    changed = await admin.patch(f"/api/service-accounts/{id}", body, if_match=1)

    assert (changed.json["name"], changed.json["owner_id"]) == ("machine", body["owner_id"])
    assert len(await events("accounts.service.updated")) == 1
    assert (await admin.patch(f"/api/service-accounts/{id}", body, if_match=1)).status == 412


async def test_its_owner_leaves_only_after_somebody_else_answers_for_it(admin, client_as) -> None:
    grace = await client_as("admin", name="grace")
    grace_id = await me(grace)
    body = {"name": "robot", "owner_id": grace_id}
    robot = (await admin.post("/api/service-accounts", body)).json["id"]
    version = (await admin.get(f"/api/users/{grace_id}")).json["version"]
    out = {"enabled": False}

    refused = await admin.patch(f"/api/users/{grace_id}", out, if_match=version)
    assert refused.code == "owns_service_accounts"

    new = {"owner_id": await me(admin)}
    await admin.patch(f"/api/service-accounts/{robot}", new, if_match=1)
    assert (await admin.patch(f"/api/users/{grace_id}", out, if_match=version)).status == 200


async def test_a_person_is_no_service_account_and_a_machine_owns_nothing(admin) -> None:
    own = await me(admin)
    robot = (await admin.post("/api/service-accounts", {"name": "robot"})).json["id"]

    assert (await admin.get(f"/api/service-accounts/{own}")).status == 404
    assert (await admin.get(f"/api/service-accounts/{robot}")).status == 200
    for owner in (robot, str(uuid7())):
        body = {"name": "x", "owner_id": owner}
        assert (await admin.post("/api/service-accounts", body)).pointers == {"/owner_id"}
