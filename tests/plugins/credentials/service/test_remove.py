"""Remove: only what nobody uses; for a week it can be brought back, then the values go."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import func, select, text

from foundation_credentials.models import SealedField
from foundation_credentials.service.shred import shred


async def _attached(operator, credential) -> dict:
    project = (await operator.post("/api/projects", {"slug": "apollo", "name": "Apollo"})).json
    path = f"/api/projects/{project['id']}/credentials"
    assert (await operator.post(path, {"credential_id": credential["id"]})).status == 201
    return project


async def _backdate(database, days: int) -> None:
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await db.execute(
            text(
                "UPDATE credentials.creds SET deleted_at = deleted_at - make_interval(days => :d)"
            ),
            {"d": days},
        )


async def test_a_deleted_credential_is_in_no_list_and_its_slug_is_free(operator, crm, new):
    answer = await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    assert answer.status == 204
    assert (await operator.get("/api/creds")).json["items"] == []
    deleted = (await operator.get("/api/creds", query={"show": "deleted"})).json["items"]
    assert [one["id"] for one in deleted] == [crm["id"]]
    assert (await operator.post("/api/creds", new)).status == 201


async def test_a122_a_deleted_credential_comes_back_and_opens(operator, crm, reveal):
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)
    answer = await operator.post(f"/api/creds/{crm['id']}/undelete")

    assert (answer.status, answer.json["deleted_at"]) == (200, None)
    assert (await reveal(crm, "password")).json == {"value": "hunter2"}


async def test_a_credential_whose_slug_was_taken_does_not_come_back(operator, crm, new):
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)
    await operator.post("/api/creds", new)

    answer = await operator.post(f"/api/creds/{crm['id']}/undelete")

    assert answer.code == "slug_taken"


async def test_a122_after_a_week_the_values_are_destroyed_for_ever(operator, crm, database):
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)
    await _backdate(database, 8)

    assert (await operator.post(f"/api/creds/{crm['id']}/undelete")).status == 410
    assert (await operator.get(f"/api/creds/{crm['id']}")).status == 410
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await shred(db, now=datetime.now(UTC), record=lambda _: None)
    async with database.reading() as db:
        mine = select(func.count()).select_from(SealedField).where(SealedField.cred_id == crm["id"])
        assert await db.scalar(mine) == 0


async def test_its_event_says_what_was_deleted(operator, crm, told):
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    (event,) = await told("credentials.credential.deleted")
    assert event["detail"] == {"slug": "crm", "kind": "basic", "fields": ["username", "password"]}


async def test_a_credential_in_use_stays_and_the_answer_names_what_uses_it(operator, crm):
    project = await _attached(operator, crm)

    answer = await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    assert (answer.status, answer.code) == (409, "credential_in_use")
    assert answer.json["used_by"] == [
        {"plugin": "projects", "ref": project["id"], "title": "Apollo"}
    ]
    assert (await operator.get(f"/api/creds/{crm['id']}")).status == 200


async def test_a_detached_credential_is_deleted(operator, crm):
    project = await _attached(operator, crm)
    await operator.delete(f"/api/projects/{project['id']}/credentials/{crm['id']}")

    assert (await operator.delete(f"/api/creds/{crm['id']}", if_match=1)).status == 204


async def test_a_stale_version_deletes_nothing(operator, crm):
    await operator.patch(f"/api/creds/{crm['id']}", {"name": "X"}, if_match=1)

    assert (await operator.delete(f"/api/creds/{crm['id']}", if_match=1)).status == 412
    assert (await operator.get(f"/api/creds/{crm['id']}")).status == 200


async def test_what_was_deleted_is_not_deleted_twice(operator, crm):
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    assert (await operator.delete(f"/api/creds/{crm['id']}", if_match=2)).status == 410


async def test_a_credential_is_not_deleted_while_it_is_being_attached(operator, crm):
    project = (await operator.post("/api/projects", {"slug": "apollo", "name": "Apollo"})).json
    attached, deleted = await asyncio.gather(
        operator.post(f"/api/projects/{project['id']}/credentials", {"credential_id": crm["id"]}),
        operator.delete(f"/api/creds/{crm['id']}", if_match=1),
    )

    assert (attached.status, deleted.status) in {(201, 409), (404, 204)}
