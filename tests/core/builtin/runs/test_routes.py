"""Runs asked for by people: started, watched, cancelled, repeated, scheduled."""

import pytest


def wanted(kind="toil.dig", **given):
    return {"kind": kind, "params": {}, **given}


async def test_a_stranger_and_a_viewer_start_nothing(client, client_as):
    viewer = await client_as("viewer")

    assert (await client.get("/api/runs")).status == 401
    assert (await viewer.get("/api/runs")).status == 200
    assert (await viewer.post("/api/runs", json=wanted())).status == 403


async def test_a_run_is_started_listed_and_cancelled(client_as):
    operator = await client_as("operator")

    made = await operator.post("/api/runs", json=wanted(params={"count": 3}))
    listed = (await operator.get("/api/runs?open=true&plugin=toil")).json["items"]
    detail = (await operator.get(f"/api/runs/{made.json['id']}")).json
    ended = await operator.post(f"/api/runs/{made.json['id']}/cancel", json={})
    twice = await operator.post(f"/api/runs/{made.json['id']}/cancel", json={})

    assert made.status == 201, made.json
    assert [item["id"] for item in listed] == [made.json["id"]]
    assert detail["params"] == {"count": 3, "pause_ms": 200, "title": "Hole"}
    assert detail["state"] == "queued"
    assert detail["attempts"] == []
    assert detail["may_operate"] is True
    assert (ended.status, ended.json["state"]) == (200, "cancelled")
    assert twice.status == 409


async def test_wrong_parameters_name_their_fields(client_as):
    operator = await client_as("operator")

    got = await operator.post("/api/runs", json=wanted(params={"count": 0, "title": ""}))

    assert got.status == 422
    assert {error["pointer"] for error in got.json["errors"]} == {"/params/count", "/params/title"}


async def test_a_key_gives_the_same_run_and_refuses_other_parameters(client_as):
    operator = await client_as("operator")

    first = await operator.post("/api/runs", json=wanted(key="tuesday"))
    second = await operator.post("/api/runs", json=wanted(key="tuesday"))
    other = await operator.post("/api/runs", json=wanted(key="tuesday", params={"count": 2}))

    assert first.json["id"] == second.json["id"]
    assert other.status == 409


async def test_an_ended_run_is_repeated_with_its_parameters_or_with_others(client_as):
    operator = await client_as("operator")
    first = (await operator.post("/api/runs", json=wanted(params={"count": 7}))).json["id"]

    early = await operator.post(f"/api/runs/{first}/again", json={})
    await operator.post(f"/api/runs/{first}/cancel", json={})
    same = await operator.post(f"/api/runs/{first}/again", json={})
    other = await operator.post(f"/api/runs/{first}/again", json={"params": {"count": 8}})

    assert early.status == 409
    params = [
        (await operator.get(f"/api/runs/{got.json['id']}")).json["params"]["count"]
        for got in (same, other)
    ]
    assert params == [7, 8]
    assert same.json["parent_run_id"] == first


async def test_jobs_are_listed_with_their_forms(client_as):
    operator, viewer = await client_as("operator"), await client_as("viewer")

    mine, theirs = [(await who.get("/api/runs/jobs")).json["items"] for who in (operator, viewer)]

    job = next(item for item in mine if item["kind"] == "toil.dig")
    assert job["title"] == "Dig holes"
    assert job["may_start"] is True
    assert job["form"]["properties"]["count"]["maximum"] == 1000
    assert [item["may_start"] for item in theirs] == [False] * len(theirs)


async def test_a_log_that_has_no_line_yet_is_empty(client_as):
    operator = await client_as("operator")
    id = (await operator.post("/api/runs", json=wanted())).json["id"]

    got = await operator.get(f"/api/runs/{id}/log")

    assert got.json == {"attempt": 1, "lines": [], "next": 0, "more": False, "dropped": False}
    assert (await operator.get(f"/api/runs/{id}/log?last=5")).json == got.json
    assert (await operator.get(f"/api/runs/{id}/artefacts/{id}")).status == 404


async def test_a_schedule_is_made_changed_and_deleted(client_as):
    operator = await client_as("operator")
    new = {"kind": "toil.dig", "cron": "30 2 * * *", "zone": "Europe/Berlin"}

    made = await operator.post("/api/runs/schedules", json=new)
    path = f"/api/runs/schedules/{made.json['id']}"
    changed = await operator.patch(path, json={"enabled": False, "cron": "0 * * * *"})
    listed = (await operator.get("/api/runs/schedules")).json["items"]
    deleted = await operator.delete(path)

    assert made.status == 201, made.json
    assert (changed.json["enabled"], changed.json["cron"]) == (False, "0 * * * *")
    assert [item["id"] for item in listed] == [made.json["id"]]
    assert deleted.status == 204
    assert (await operator.get("/api/runs/schedules")).json["items"] == []


@pytest.mark.parametrize(
    ("wrong", "pointer"), [({"cron": "99 * * * *"}, "/cron"), ({"zone": "Mars/Base"}, "/zone")]
)
async def test_a_schedule_that_cannot_be_read_is_refused_by_its_field(client_as, wrong, pointer):
    operator = await client_as("operator")
    new = {"kind": "toil.dig", "cron": "30 2 * * *", **wrong}

    got = await operator.post("/api/runs/schedules", json=new)

    assert got.status == 422
    assert got.json["errors"][0]["pointer"] == pointer
