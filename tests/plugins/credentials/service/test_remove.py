"""Remove: only what nobody uses, and the values go with it."""

import asyncio

from sqlalchemy import func, select

from foundation_credentials.models import SealedField


async def _attached(operator, credential) -> dict:
    project = (await operator.post("/api/projects", {"slug": "apollo", "name": "Apollo"})).json
    path = f"/api/projects/{project['id']}/credentials"
    assert (await operator.post(path, {"credential_id": credential["id"]})).status == 201
    return project


async def test_a_deleted_credential_and_its_values_are_gone(operator, crm, database):
    answer = await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    assert answer.status == 204
    assert (await operator.get(f"/api/creds/{crm['id']}")).status == 404
    async with database.reading() as db:
        assert await db.scalar(select(func.count()).select_from(SealedField)) == 0


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


async def test_what_is_not_there_is_not_deleted(operator, crm):
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    assert (await operator.delete(f"/api/creds/{crm['id']}", if_match=1)).status == 404


async def test_a_credential_is_not_deleted_while_it_is_being_attached(operator, crm):
    project = (await operator.post("/api/projects", {"slug": "apollo", "name": "Apollo"})).json
    attached, deleted = await asyncio.gather(
        operator.post(f"/api/projects/{project['id']}/credentials", {"credential_id": crm["id"]}),
        operator.delete(f"/api/creds/{crm['id']}", if_match=1),
    )

    assert (attached.status, deleted.status) in {(201, 409), (404, 204)}
