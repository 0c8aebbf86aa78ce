"""People for tests."""

from datetime import timedelta

from foundation.testing.people import ARRIVED


async def test_a_role_brings_its_permissions(client_as):
    admin = (await (await client_as("admin")).get("/api/auth/me")).json
    viewer = (await (await client_as("viewer")).get("/api/auth/me")).json

    assert set(viewer["can"]) < set(admin["can"])


async def test_somebody_without_a_role_is_signed_in_and_may_nothing(client_as):
    me = (await (await client_as(None)).get("/api/auth/me")).json

    assert (me["roles"], me["can"]) == ([], [])


async def test_people_have_a_name_and_their_own_cookie(client_as):
    ada = await client_as("viewer", name="ada")
    bob = await client_as("viewer", name="bob")

    assert (await ada.get("/api/auth/me")).json["name"] == "Ada"
    assert ada.cookies != bob.cookies


async def test_an_old_sign_in_was_that_long_ago(client_as, app):
    client = await client_as("admin", signed_in_ago=timedelta(minutes=6))
    session = (await client.get("/api/auth/me")).json["session"]

    age = app.parts.clock.now().timestamp() - _seconds(session["auth_time"])
    assert 360 <= age < 380


def _seconds(iso):
    from datetime import datetime

    return datetime.fromisoformat(iso).timestamp()


async def test_a_person_that_a_test_makes_is_in_the_trail_but_not_in_the_tests(
    client_as, app, events
):
    await client_as("admin")

    assert list(await events()) == []
    async with app.parts.database.reading() as db:
        from sqlalchemy import text

        kept = await db.scalars(text("SELECT type FROM foundation.audit_log"))
        assert list(kept).count(ARRIVED.name) == 1
