"""Schedules as people make them, for everybody or within a project."""

from sqlalchemy import text

from foundation.app.firing import Standing
from foundation.audit.actor import Actor, Source
from foundation.clock import SystemClock
from foundation.runs import schedules

DAILY = {"kind": "toil.dig", "cron": "30 2 * * *"}


async def fire(app):
    """Let every schedule be due, and do what a worker does."""
    parts = app.parts

    def record(db, event):
        parts.recorder.record(db, event, Source(Actor("system"), "runs", "test"))

    async with parts.database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))  # no event for this
        await db.execute(text("UPDATE foundation.run_schedules SET next_at = now()"))
    lets = Standing(parts.registry, parts.ring, SystemClock())
    async with parts.database.transaction() as db:
        return await schedules.fire_due(db, record, jobs=parts.registry.jobs, lets=lets)


async def test_a_change_of_the_time_moves_the_next_one(client_as):
    operator = await client_as("operator")
    new = {"kind": "toil.dig", "cron": "0 3 1 1 *", "params": {"count": 2}}
    made = (await operator.post("/api/runs/schedules", json=new)).json

    changed = await operator.patch(f"/api/runs/schedules/{made['id']}", json={"cron": "* * * * *"})
    wrong = await operator.patch(f"/api/runs/schedules/{made['id']}", json={"params": {"count": 0}})

    assert changed.json["next_at"] < made["next_at"]
    assert changed.json["params"]["count"] == 2
    assert wrong.status == 422


async def test_a_viewer_schedules_nothing_and_an_unknown_one_is_not_found(client_as):
    viewer, operator = await client_as("viewer"), await client_as("operator")
    path = "/api/runs/schedules/00000000-0000-7000-8000-000000000001"

    assert (await viewer.post("/api/runs/schedules", json={})).status == 403
    assert (await operator.delete(path)).status == 404


async def test_a_schedule_of_a_project_is_its_members_own_and_so_are_its_runs(people, app):
    admin, ada, olga, project, member = people
    new = DAILY | {"project_id": project["id"]}

    made = await ada.post("/api/runs/schedules", new)
    assert made.status == 201, made.text
    path, of = f"/api/runs/schedules/{made.json['id']}", f"?project_id={project['id']}"
    assert (await olga.post("/api/runs/schedules", new)).json["detail"] == "no such project"
    for who, there in ((admin, True), (ada, True), (olga, False)):
        for query in ("", of):
            listed = (await who.get(f"/api/runs/schedules{query}")).json["items"]
            assert [one["project_id"] for one in listed] == [project["id"]] * there
    assert (await olga.patch(path, {"enabled": False})).status == 404
    assert (await olga.send("DELETE", path)).status == 404

    assert await fire(app) == 1
    (run,) = (await ada.get(f"/api/runs{of}")).json["items"]
    assert (run["schedule_id"], run["project_id"]) == (made.json["id"], project["id"])
    told = (await ada.get(f"/api/projects/{project['id']}/history")).json["items"]
    assert {"runs.schedule.created", "runs.schedule.fired", "runs.run.requested"} <= {
        event["type"] for event in told
    }
    await ada.post(f"/api/runs/{run['id']}/cancel")

    # A mere viewer of the project looks on, and what they scheduled stops and says why.
    await admin.patch(
        f"/api/projects/{project['id']}/members/{member['id']}", {"role": "viewer"}, if_match=1
    )
    (seen,) = (await ada.get(f"/api/runs/schedules{of}")).json["items"]
    assert seen["may_change"] is False
    assert (await ada.patch(path, {"enabled": False})).status == 403
    assert (await ada.send("DELETE", path)).status == 403
    assert await fire(app) == 0
    (stopped,) = (await admin.get(f"/api/runs/schedules{of}")).json["items"]
    assert (stopped["enabled"], stopped["may_change"]) == (False, True)
    assert stopped["problem"] == "its owner may not start runs in its project any more"
    again = await admin.patch(path, {"enabled": True})
    assert (again.json["problem"], again.json["owner_name"]) == (None, "Admin")
    assert await fire(app) == 1


async def test_a_project_that_is_put_away_starts_nothing_and_its_end_ends_its_schedules(
    people, app, events
):
    admin, ada, _, project, _ = people
    here = f"/api/projects/{project['id']}"
    made = await ada.post("/api/runs/schedules", DAILY | {"project_id": project["id"]})
    path = f"/api/runs/schedules/{made.json['id']}"
    archived = await admin.post(f"{here}/archive", if_match=1)

    assert await fire(app) == 0
    assert (await ada.patch(path, {"cron": "0 4 * * *"})).code == "project_archived"
    (kept,) = (await ada.get("/api/runs/schedules")).json["items"]
    assert (kept["enabled"], kept["problem"]) == (True, None)
    plan = (await admin.get(f"{here}/purge")).json
    assert (plan["schedules"], plan["blocked"]) == (1, [])
    version = archived.json["version"]
    assert (await admin.post(f"{here}/purge", {"slug": "apollo"}, if_match=version)).status == 204

    assert (await admin.get("/api/runs/schedules")).json["items"] == []
    told = [one.type for one in await events("runs") if one.type.startswith("runs.schedule")]
    assert told == ["runs.schedule.created", "runs.schedule.skipped", "runs.schedule.deleted"]
