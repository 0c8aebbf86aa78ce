"""A run that belongs to a project is for those who may see that project."""

import pytest

from foundation.ids import uuid7
from foundation.testing.follow import follow


async def test_a_projects_runs_are_its_members_own(people):
    admin, ada, olga, project, member = people
    new = {"kind": "toil.dig", "params": {}, "project_id": project["id"]}

    made = await ada.post("/api/runs", new)
    assert made.status == 201, made.text
    run = f"/api/runs/{made.json['id']}"
    assert (await olga.post("/api/runs", new)).json["detail"] == "no such project"

    for who, there in ((admin, True), (ada, True), (olga, False)):
        listed = (await who.get("/api/runs")).json["items"]
        cards = {card["id"]: card for card in (await who.get("/api/dashboard")).json["cards"]}
        assert len(listed) == cards["runs.now"]["shown"]["items"][0]["value"] == int(there)
        for path in (run, f"{run}/log"):
            assert (await who.get(path)).status == (200 if there else 404)
        days = (await who.get(f"/api/runs/statistics?project_id={project['id']}")).json["days"]
        assert days[-1]["open"] == int(there)
    for verb, body in (("cancel", None), ("again", {})):
        sent = {} if body is None else {"json": body}
        assert (await olga.send("POST", f"{run}/{verb}", **sent)).status == 404
    assert (await olga.get(f"{run}/artefacts/{uuid7()}")).json["detail"] == "no such run"

    members = f"/api/projects/{project['id']}/members/{member['id']}"
    await admin.patch(members, {"role": "viewer"}, if_match=1)
    assert (await ada.get(run)).status == 200
    assert (await ada.post(f"{run}/cancel")).status == 403
    assert (await ada.post("/api/runs", new)).status == 403

    archived = await admin.post(f"/api/projects/{project['id']}/archive", if_match=1)
    plan = (await admin.get(f"/api/projects/{project['id']}/purge")).json
    assert (plan["open_runs"], plan["blocked"]) == (1, ["runs"])
    purge = f"/api/projects/{project['id']}/purge"
    version = archived.json["version"]
    busy = await admin.post(purge, {"slug": "apollo"}, if_match=version)
    assert (busy.status, busy.code) == (409, "project_busy")
    assert (await admin.post(f"{run}/cancel")).status == 200
    assert (await admin.post(purge, {"slug": "apollo"}, if_match=version)).status == 204
    assert (await admin.get(run)).status == 200


async def test_who_follows_a_run_of_a_project_sees_the_project(people, app):
    admin, ada, olga, project, member = people
    new = {"kind": "toil.dig", "params": {}, "project_id": project["id"]}
    run = f"runs.run:{(await ada.post('/api/runs', new)).json['id']}"

    # To an outsider a run of the project and one that never was are the same.
    for key in (run, f"runs.run:{uuid7()}"):
        assert (await olga.get(f"/api/live?topics={key}")).status == 403
    async with follow(olga, "runs.run", run) as page:
        assert (await page.next())["data"] == {"refused": [run]}
        assert (await page.next())["topic"] == "runs.run"
        assert (await admin.post(f"/api/runs/{run[9:]}/cancel")).status == 200
        assert (await page.next()) == {"topic": "runs.run", "type": "changed", "data": {}}

    async with follow(ada, run) as page:
        assert (await page.next("run"))["data"]["state"] == "cancelled"
        path = f"/api/projects/{project['id']}/members/{member['id']}"
        assert (await admin.send("DELETE", path, if_match=1)).status == 204
        app.parts.live.hub.wake_all()  # what a stream does by itself, every 15 s
        assert (await page.next("refused"))["data"] == {"refused": [run]}


class TestWithoutProjects:
    """The plugin that knows projects is switched off."""

    @pytest.fixture
    def foundation_environ(self, foundation_environ):
        return foundation_environ | {"FOUNDATION_PLUGINS_DISABLED": "projects"}

    async def test_no_run_begins_in_a_project_and_others_begin_as_ever(self, client_as):
        operator = await client_as("operator")
        new = {"kind": "toil.dig", "params": {}}

        refused = await operator.post("/api/runs", new | {"project_id": str(uuid7())})

        assert (refused.status, refused.code) == (503, "unavailable")
        assert (await operator.post("/api/runs", new)).status == 201
        assert len((await (await client_as("viewer")).get("/api/runs")).json["items"]) == 1
