"""The routes of the trail: who did what, to what, when."""

import json
from datetime import timedelta

import pytest

from foundation.clock import SystemClock
from foundation.ids import uuid7


@pytest.fixture
async def past(operator, admin) -> dict:
    """Two people did three things."""
    project = (await operator.post("/api/projects", {"slug": "apollo", "name": "Apollo"})).json
    await operator.post(f"/api/projects/{project['id']}/archive", if_match=1)
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": "hunter2"}}
    await admin.post("/api/creds", new)
    return project


async def _types(client, **query):
    answer = await client.get("/api/audit", query=query)
    assert answer.status == 200, answer.text
    return [item["type"] for item in answer.json["items"] if item["plugin"] not in OTHERS]


CREATED, ARCHIVED = "projects.project.created", "projects.project.archived"
SEALED = "credentials.credential.created"
OTHERS = {"testing", "core"}
"""Whoever says something at the start of each test."""


async def test_events_are_listed_newest_first(admin, past):
    assert await _types(admin) == [SEALED, ARCHIVED, CREATED]


async def test_an_event_says_who_what_and_in_which_request(admin, past):
    event = (await admin.get("/api/audit", query={"type": CREATED})).json["items"][0]

    assert event["actor"]["type"] == "user"
    assert event["target"] == {"type": "project", "id": past["id"], "title": "Apollo"}
    assert event["outcome"] == "success"
    assert event["detail"] == {"slug": "apollo"}
    assert event["plugin"] == "projects"
    assert event["request_id"]


NARROWED = (
    ({"type": CREATED}, [CREATED]),
    ({"type": "projects"}, [ARCHIVED, CREATED]),
    ({"type": "projects.pro"}, []),
    ({"target": "credential"}, [SEALED]),
    ({"outcome": "success"}, [SEALED, ARCHIVED, CREATED]),
    ({"outcome": "denied"}, []),
    ({"type": "projects", "target": "credential"}, []),
    ({"plugin": "projects"}, [ARCHIVED, CREATED]),
    ({"plugin": "nobody"}, []),
    ({"severity": "critical"}, []),
    ({"project": str(uuid7())}, []),
    ({"request": "nothing"}, []),
)


async def test_a_list_is_narrowed_and_counted(admin, past):
    (event,) = (await admin.get("/api/audit", query={"type": CREATED})).json["items"]
    later = (SystemClock().now() + timedelta(hours=1)).isoformat()
    own = (
        ({"target": f"project:{past['id']}"}, [ARCHIVED, CREATED]),
        ({"actor": event["actor"]["id"]}, [ARCHIVED, CREATED]),
        ({"request": event["request_id"]}, [CREATED]),
        ({"since": later}, []),
        ({"until": later}, [SEALED, ARCHIVED, CREATED]),
    )
    for query, found in (*NARROWED, *own):
        assert await _types(admin, **query) == found, query

    counted = (await admin.get("/api/audit/count", query={"type": "projects"})).json
    assert counted == {"count": 2, "more": False}


async def test_a_list_goes_on_where_its_page_ended(admin, past):
    query = {"limit": "1", "type": "projects"}
    first = await admin.get("/api/audit", query=query)

    rest = await _types(admin, **query, cursor=first.json["next"])

    assert [item["type"] for item in first.json["items"]] == [ARCHIVED]
    assert rest == [CREATED]


async def test_one_event_is_shown_as_the_list_shows_it(admin, past):
    listed = (await admin.get("/api/audit")).json["items"][0]

    assert (await admin.get(f"/api/audit/{listed['id']}")).json == listed


async def test_an_event_that_is_not_there_is_not_found(admin):
    assert (await admin.get(f"/api/audit/{uuid7()}")).status == 404


async def test_the_types_have_a_list_of_their_own(admin):
    types = {item["name"]: item for item in (await admin.get("/api/audit/types")).json["items"]}

    assert types[CREATED]["title"] == "Project created"
    assert types[CREATED]["plugin"] == "projects"


async def test_a_filter_that_makes_no_sense_is_refused(admin):
    for query in ({"outcome": "fine"}, {"since": "yesterday"}, {"limit": "0"}):
        assert (await admin.get("/api/audit", query=query)).status == 422


async def test_a_viewer_and_a_stranger_read_nothing(client, viewer):
    for path in ("", "/types", "/count", "/tile/1/0/0", "/01900000-0000-7000-8000-000000000000"):
        assert (await viewer.get(f"/api/audit{path}")).status == 403
        assert (await client.get(f"/api/audit{path}")).status == 401


async def test_nobody_writes_the_trail(admin):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert (await admin.send(method, "/api/audit", json={})).status == 405


NEW = {"slug": "apollo", "name": "Apollo"}


@pytest.fixture
def foundation_environ(foundation_environ, tmp_path):
    """A Foundation that signs."""
    return foundation_environ | {
        "FOUNDATION_AUDIT_SIGNING_KEY_FILE": foundation_environ["FOUNDATION_KEYRING_FILE"],
        "FOUNDATION_AUDIT_NOTES_FILE": str(tmp_path / "notes"),
    }


@pytest.fixture
async def event(app, operator, admin):
    """A project was made, and all that happened is sealed."""
    await operator.post("/api/projects", NEW)
    await app.parts.sealer.seal()
    await app.parts.sealer.publisher.publish()
    found = await admin.get("/api/audit", query={"type": "projects"})
    return found.json["items"][0]


async def test_the_standing_tells_what_is_proved(admin, event):
    standing = (await admin.get("/api/audit/checkpoint")).json

    assert standing["size"] >= 1
    assert standing["broken"] is None
    assert standing["note"].startswith("foundation/audit/")


async def test_an_event_has_its_proof(operator, event):
    proof = await operator.get(f"/api/audit/events/{event['id']}/proof")

    assert proof.json["holds"] is True
    assert proof.json["text"].startswith("c2sp.org/tlog-proof@v1\n")


async def test_what_is_not_sealed_yet_has_none(operator, admin, event):
    await operator.post("/api/projects", {"slug": "b", "name": "B"})
    newest = (await admin.get("/api/audit", query={"type": "projects"})).json["items"][0]
    answer = await operator.get(f"/api/audit/events/{newest['id']}/proof")

    assert (answer.status, answer.json["code"]) == (409, "not_sealed")
    assert (await operator.get(f"/api/audit/events/{uuid7()}/proof")).status == 404


async def test_the_trail_is_taken_out_and_that_is_an_event(admin, events, event):
    forms = ("ndjson", "csv", "ocsf")
    for form in forms:
        body = {"form": form, "filters": {"type": "projects", "since": event["occurred_at"]}}
        taken = await admin.post("/api/audit/export", body)
        assert taken.status == 200, taken.text
        assert (taken.json["events"], taken.json["complete"]) == (1, True)
        assert event["id"] in taken.json["content"]

    told = await events("audit.trail")
    assert {each.detail["form"] for each in told} == {*forms}
    assert told[0].detail["filters"]["type"] == "projects"


async def test_an_export_is_started_as_a_run_whose_files_need_its_right(admin, viewer, event):
    body = {"form": "csv", "filters": {"type": "projects", "since": event["occurred_at"]}}
    started = await admin.post("/api/audit/exports", body)
    assert started.status == 201, started.text
    run = started.json["run_id"]

    shown = (await admin.get(f"/api/runs/{run}")).json
    assert (shown["kind"], shown["params"]["type"]) == ("audit.export", "projects")
    assert (await viewer.post("/api/audit/exports", body)).status == 403
    assert (await viewer.get(f"/api/runs/{run}/artefacts/{uuid7()}")).status == 403
    assert (await admin.get(f"/api/runs/{run}/artefacts/{uuid7()}")).status == 404


async def test_tiles_and_the_growth_of_the_tree_are_shown(admin, event):
    size = (await admin.get("/api/audit/checkpoint")).json["size"]
    tile = (await admin.get("/api/audit/tile/1/0/0")).json
    grown = await admin.get("/api/audit/consistency", query={"from": "1", "to": str(size)})

    assert tile["width"] == size
    assert (grown.json["old"], grown.json["new"]) == (1, size)
    assert (await admin.get("/api/audit/tile/1/9/0")).status == 404
    wrong = await admin.get("/api/audit/consistency", query={"from": "1", "to": "9999"})
    assert wrong.status == 404


async def test_a_proof_goes_with_each_event_taken_out(admin, event):
    taken = await admin.post("/api/audit/export", {"form": "ndjson"})
    lines = [json.loads(line) for line in taken.json["content"].splitlines()]

    assert all(line["proof"] is not None for line in lines if line["kind"] == "event")


async def test_an_operator_takes_nothing_out(operator, event):
    assert (await operator.post("/api/audit/export", {"form": "csv"})).status == 403


async def test_the_trail_is_read_from_its_beginning_too(admin, event):
    newest = (await admin.get("/api/audit")).json["items"]
    oldest = (await admin.get("/api/audit", query={"order": "oldest"})).json["items"]

    assert [item["id"] for item in oldest] == [item["id"] for item in reversed(newest)]
