"""The first admin: signs in without a role, enters the code, and is told to the trail."""

import pytest
from sqlalchemy import text

from foundation.auth import bootstrap


@pytest.fixture
def issue(app):
    async def issue() -> str | None:
        async with app.parts.database.transaction() as db:
            code = await bootstrap.issue(db)
            await db.flush()
            set_ = "SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)"
            await db.execute(text(set_))
        return code

    return issue


@pytest.fixture
async def nobody(client_as):
    return await client_as(None, name="eve")


async def test_the_code_makes_the_first_admin_whose_next_request_may(nobody, issue, events) -> None:
    code = await issue()
    assert (await nobody.get("/api/auth/me")).json["bootstrap"] is True
    assert (await nobody.get("/api/users")).status == 403

    made = await nobody.post("/api/auth/bootstrap", {"code": code.lower()})

    assert (made.status, made.json) == (200, {"role": "admin"})
    assert (await nobody.get("/api/users")).status == 200
    assert (await nobody.get("/api/auth/me")).json["bootstrap"] is False
    (event,) = await events("accounts.admin.bootstrapped")
    assert (event.severity, event.actor.name) == ("critical", "Eve")


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a081_six_wrong_codes_are_limited_in_all_and_told_in_one_event(
    nobody, issue, client_as, events
) -> None:
    await issue()
    other = await client_as(None, name="mallory")

    asked = [await nobody.post("/api/auth/bootstrap", {"code": "x"}) for _ in range(4)]
    asked += [await other.post("/api/auth/bootstrap", {"code": "x"}) for _ in range(2)]

    assert [one.code for one in asked] == ["bootstrap_refused"] * 5 + ["too_many"]
    assert int(asked[-1].headers["retry-after"]) > 60
    denied = await events("accounts.access.denied")
    assert [(event.actor.name, event.reason) for event in denied] == [
        ("Eve", "bootstrap_refused"), ("Mallory", "bootstrap_refused"),
    ]  # fmt: skip


async def test_a081_with_an_admin_present_the_same_refusal(
    nobody, issue, client_as, events
) -> None:
    code = await issue()
    await client_as("admin")

    refused = await nobody.post("/api/auth/bootstrap", {"code": code})

    assert (refused.status, refused.code) == (403, "bootstrap_refused")
    (denied,) = await events("accounts.access.denied")
    assert (denied.actor.name, code in str(denied)) == ("Eve", False)
    assert (await nobody.get("/api/auth/me")).status == 200


async def test_a_stranger_cannot_enter_a_code(client, issue) -> None:
    assert (await client.post("/api/auth/bootstrap", {"code": await issue()})).status == 401
