"""The fixtures that come with Foundation."""


async def test_the_application_runs_every_installed_plugin(app):
    assert not app.registry.faults


async def test_a_client_has_not_signed_in(client):
    assert (await client.get("/api/auth/me")).status == 401


async def test_events_come_oldest_first(client_as, events):
    admin = await client_as("admin")
    viewer = (await (await client_as("viewer")).get("/api/auth/me")).json
    user = await admin.get(f"/api/users/{viewer['id']}")
    for version, role in enumerate(("operator", "admin"), start=user.json["version"]):
        got = await admin.patch(f"/api/users/{viewer['id']}", {"role": role}, if_match=version)
        assert got.status == 200, got.body

    told = await events("accounts.role")
    assert [entry.detail["after"] for entry in told] == [["operator"], ["admin"]]
    assert await events.types() == ["accounts.role.changed"] * 2


async def test_two_tests_share_nothing(client_as, events):
    assert await events.types() == []


def test_the_vault_of_a_test_is_open(app):
    assert not app.parts.ring.is_sealed


async def test_a_session_sees_what_a_route_has_left(client_as, db):
    from sqlalchemy import text

    await client_as("viewer", name="eve")

    assert "Eve" in set(await db.scalars(text("SELECT name FROM foundation.users")))


def test_a_ring_is_a_plugins_own(keyring):
    from foundation.ids import uuid7
    from foundation.sdk import Binding, Secret

    binding = Binding(thing=uuid7(), version=1, field="token", type="note")
    sealed = keyring("hello").seal(Secret("hunter2"), binding)

    assert keyring("hello").open(sealed, binding).reveal() == "hunter2"
