"""Attachments: which credentials a project may use."""

import pytest

from foundation.ids import uuid7


def _path(project, credential=None):
    tail = f"/{credential['id']}" if credential else ""
    return f"/api/projects/{project['id']}/credentials{tail}"


async def _attach(client, project, credential):
    return await client.post(_path(project), {"credential_id": credential["id"]})


async def test_an_attached_credential_is_shown_without_a_value(operator, viewer, apollo, crm):
    answer = await _attach(operator, apollo, crm)

    shown = {"id": crm["id"], "slug": "crm", "name": "CRM", "kind": "bearer"}
    assert (answer.status, answer.json) == (201, shown)
    assert (await viewer.get(_path(apollo))).json == {"items": [shown], "next": None}


async def test_the_credential_knows_its_project(operator, viewer, apollo, crm):
    await _attach(operator, apollo, crm)

    used_by = (await viewer.get(f"/api/creds/{crm['id']}")).json["used_by"]
    assert used_by == [{"plugin": "projects", "ref": apollo["id"], "title": "Apollo"}]


async def test_a_credential_is_attached_once(operator, apollo, crm):
    await _attach(operator, apollo, crm)

    answer = await _attach(operator, apollo, crm)

    assert (answer.status, answer.code) == (409, "already_attached")


async def test_a_detached_credential_is_shown_no_more(operator, apollo, crm):
    await _attach(operator, apollo, crm)

    answer = await operator.delete(_path(apollo, crm))

    assert answer.status == 204
    assert (await operator.get(_path(apollo))).json["items"] == []
    assert (await operator.delete(_path(apollo, crm))).status == 404


async def test_both_are_told_with_the_credential(operator, apollo, crm, told):
    await _attach(operator, apollo, crm)
    await operator.delete(_path(apollo, crm))

    events = await told("projects.credential")
    detail = {"credential_id": crm["id"], "credential_slug": "crm"}
    assert [(event["type"], event["detail"]) for event in events] == [
        ("projects.credential.attached", detail),
        ("projects.credential.detached", detail),
    ]
    assert {event["target"]["id"] for event in events} == {apollo["id"]}


async def test_an_archived_project_takes_no_credential(operator, apollo, crm):
    await operator.post(f"/api/projects/{apollo['id']}/archive", if_match=1)

    answer = await _attach(operator, apollo, crm)

    assert (answer.status, answer.code) == (409, "project_archived")


async def test_an_archived_project_lets_a_credential_go(operator, apollo, crm):
    await _attach(operator, apollo, crm)
    await operator.post(f"/api/projects/{apollo['id']}/archive", if_match=1)

    assert (await operator.delete(_path(apollo, crm))).status == 204


async def test_nobody_attaches_a_credential_they_may_not_see(guest, admin, apollo, crm):
    ada, id = await guest("ada")
    path = f"/api/projects/{apollo['id']}"
    await admin.post(f"{path}/members", {"user_id": id, "role": "editor"})

    answer = await _attach(ada, apollo, crm)

    assert (answer.status, answer.json["detail"]) == (404, "no such credential")
    assert (await ada.patch(path, {"name": "Ours"}, if_match=1)).status == 200


async def test_an_unknown_credential_or_project_is_not_found(operator, apollo, crm):
    nothing = {"id": str(uuid7())}

    assert (await _attach(operator, apollo, nothing)).status == 404
    assert (await _attach(operator, nothing, crm)).status == 404
    assert (await operator.get(_path(nothing))).status == 404


async def test_nothing_is_kept_of_a_refused_attachment(operator, apollo, crm, told):
    await _attach(operator, {"id": str(uuid7())}, crm)

    assert (await operator.get(f"/api/creds/{crm['id']}")).json["used_by"] == []
    assert await told("projects.credential") == []


class TestWithoutCredentials:
    """The plugin that offers credentials is switched off: projects work on."""

    @pytest.fixture
    def foundation_environ(self, foundation_environ):
        return foundation_environ | {"FOUNDATION_PLUGINS_DISABLED": "credentials"}

    async def test_a_project_shows_no_credentials(self, operator, apollo):
        assert (await operator.get(_path(apollo))).json == {"items": [], "next": None}

    async def test_a_project_is_renamed(self, operator, apollo):
        path = f"/api/projects/{apollo['id']}"

        assert (await operator.patch(path, {"name": "Apollo 11"}, if_match=1)).status == 200

    async def test_attaching_says_that_a_part_is_away(self, operator, apollo):
        answer = await _attach(operator, apollo, {"id": str(uuid7())})

        assert (answer.status, answer.code) == (503, "unavailable")
