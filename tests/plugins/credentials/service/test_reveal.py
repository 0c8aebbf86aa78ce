"""Reveal: one value, to somebody who may, with a reason that is kept; or none at all."""

import pytest
from sqlalchemy import text

BODY = {"field": "password", "reason": "a test"}


def _path(credential):
    return f"/api/creds/{credential['id']}/reveal"


async def _behind(database, sql, **values):
    """Write behind the application's back."""
    async with database.transaction() as db:
        await db.execute(
            text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)")
        )
        await db.execute(text(sql), values)


async def test_an_admin_gets_the_value_and_nothing_keeps_it(admin, crm):
    answer = await admin.post(_path(crm), BODY)

    assert answer.json == {"value": "hunter2"}
    assert answer.headers["cache-control"] == "no-store"


async def test_the_trail_knows_who_saw_which_field_and_why(admin, crm, told):
    await admin.post(_path(crm), BODY)

    (event,) = await told("credentials.secret.revealed")
    assert event["detail"] == {"field": "password"}
    assert event["reason"] == "a test"
    assert event["severity"] == "high"
    assert event["target"]["id"] == crm["id"]


@pytest.mark.parametrize("who", ["viewer", "operator"])
async def test_a113_nobody_without_the_right_reveals(client_as, crm, who, told):
    answer = await (await client_as(who)).post(_path(crm), BODY)

    assert answer.status == 403
    assert await told("credentials.secret.revealed") == []


async def test_a_sign_in_of_six_minutes_ago_is_not_enough(stale_admin, crm):
    answer = await stale_admin.post(_path(crm), BODY)

    assert (answer.status, answer.code) == (401, "step_up_required")
    assert "hunter2" not in answer.text


async def test_a_reason_is_required(admin, crm):
    answer = await admin.post(_path(crm), {"field": "password"})

    assert answer.status == 422
    assert answer.pointers == {"/reason"}


@pytest.mark.parametrize("field", ["username", "nothing"])
async def test_only_secret_fields_that_are_set_are_revealed(admin, crm, field):
    assert (await admin.post(_path(crm), BODY | {"field": field})).status == 404


async def test_no_value_leaves_when_its_event_cannot_be_written(admin, crm, database):
    async with database.transaction() as db:
        await db.execute(
            text("ALTER TABLE foundation.audit_log ADD CONSTRAINT shut CHECK (false) NOT VALID")
        )

    answer = await admin.post(_path(crm), BODY)

    assert answer.status >= 500
    assert "hunter2" not in answer.text


async def test_a_value_put_into_another_credential_does_not_open(
    admin, operator, new, crm, database
):
    other = (await operator.post("/api/creds", new | {"slug": "other"})).json
    await _behind(
        database,
        """
        UPDATE credentials.secrets AS mine
        SET kid = o.kid, wnonce = o.wnonce, wdek = o.wdek, nonce = o.nonce, ct = o.ct
        FROM credentials.secrets AS o WHERE mine.cred_id = :mine AND o.cred_id = :other
        """,
        mine=crm["id"],
        other=other["id"],
    )

    answer = await admin.post(_path(crm), BODY)

    assert (answer.status, answer.code) == (409, "seal_broken")
    assert "hunter2" not in answer.text


async def test_a_value_does_not_open_as_another_kind(admin, crm, database):
    await _behind(
        database, "UPDATE credentials.creds SET kind = 'bearer' WHERE id = :id", id=crm["id"]
    )

    assert (await admin.post(_path(crm), BODY)).code == "seal_broken"


async def test_a_list_still_renders_when_a_value_is_broken(admin, viewer, crm, database):
    await _behind(database, "UPDATE credentials.secrets SET ct = ''")

    assert (await admin.post(_path(crm), BODY)).code == "seal_broken"
    (seen,) = (await viewer.get("/api/creds")).json["items"]
    assert seen["fields"]["password"]["broken"] is True


async def test_a091_a_value_that_does_not_open_is_told_although_the_request_is_undone(
    admin, crm, database, told
):
    await _behind(database, "UPDATE credentials.secrets SET wnonce = nonce")
    await admin.post(_path(crm), BODY)

    (event,) = await told("credentials.secret.open_failed")
    assert event["detail"] == {"field": "password", "values_version": 1}
    assert await told("credentials.secret.revealed") == []


async def test_a113_what_is_never_revealed_stays_hidden_from_admins_too(admin, crm):
    await admin.patch(f"/api/creds/{crm['id']}", {"reveal": "never"}, if_match=1)

    assert (await admin.post(_path(crm), BODY)).code == "reveal_never"


async def test_a113_a_token_reveals_nothing_whatever_its_scopes_say(admin, crm, told):
    scopes = ["credentials:credential:read", "credentials:secret:reveal"]
    bare = await admin.post("/api/me/tokens", {"name": "Bare", "scopes": scopes[:1]})
    wide = await admin.post("/api/me/tokens", {"name": "Wide", "scopes": scopes})
    script = admin.copy()
    script.cookies = {}
    script.headers = {"authorization": f"Bearer {bare.json['token']}"}

    assert wide.status in {201, 422}
    answer = await script.post(_path(crm), BODY)
    assert (answer.status, (await script.get(f"/api/creds/{crm['id']}")).status) == (403, 200)
    if wide.status == 201:
        script.headers = {"authorization": f"Bearer {wide.json['token']}"}
        assert (await script.post(_path(crm), BODY)).status == 403
    assert await told("credentials.secret.revealed") == []


async def test_a113_what_is_no_secret_or_is_not_there_is_not_found(admin, crm):
    for field in ("username", "colour"):
        assert (await admin.post(_path(crm), BODY | {"field": field})).status == 404


async def test_a113_what_was_destroyed_is_gone(admin, crm):
    await admin.delete(f"/api/creds/{crm['id']}", if_match=1)

    assert (await admin.post(_path(crm), BODY)).status == 410


async def test_two_fields_do_not_swap_their_values(admin, operator, new, database):
    values = {"A": "first", "B": "second"}
    made = (await operator.post("/api/creds", new | {"kind": "kv", "values": values})).json
    await _behind(
        database,
        """
        UPDATE credentials.secrets SET field = CASE field WHEN 'A' THEN 'C' ELSE field END;
        """,
    )

    answer = await admin.post(_path(made), BODY | {"field": "C"})

    assert answer.code == "seal_broken"


async def test_a115_too_many_in_a_minute_are_429_and_nothing_is_told_of_them(admin, crm, told):
    asked = [await admin.post(_path(crm), BODY) for _ in range(11)]

    statuses = [one.status for one in asked]
    assert statuses == sorted(statuses)
    assert set(statuses) == {200, 429}
    assert asked[0].headers["cache-control"] == "no-store"
    assert int(asked[-1].headers["retry-after"]) >= 1
    assert len(await told("credentials.secret.revealed")) == statuses.count(200)
