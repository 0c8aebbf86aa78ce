"""Saved filters: each person's own, in place of those of the same name, and each change an event."""

from foundation.ids import uuid7
from foundation_audit.service import MOST

GRAVE = {"name": "Grave", "query": {"severity": "critical", "from": "now-24h"}}


async def kept(client):
    answer = await client.get("/api/audit/filters")
    assert answer.status == 200, answer.text
    return {item["name"]: item["query"] for item in answer.json["items"]}


async def test_filters_are_kept_for_oneself_wherever_one_signs_in(admin, operator, client_as):
    made = await operator.post("/api/audit/filters", GRAVE)

    assert (made.status, made.json["name"], made.json["version"]) == (201, "Grave", 1)
    assert await kept(operator) == {"Grave": GRAVE["query"]}
    assert await kept(await client_as("operator")) == {"Grave": GRAVE["query"]}
    assert await kept(admin) == {}
    assert (await admin.delete(f"/api/audit/filters/{made.json['id']}")).status == 404


async def test_a_name_is_used_again_and_forgotten(operator, events):
    first = await operator.post("/api/audit/filters", GRAVE)
    again = await operator.post("/api/audit/filters", GRAVE | {"query": {"outcome": "denied"}})
    assert again.json["id"] == first.json["id"]
    assert await kept(operator) == {"Grave": {"outcome": "denied"}}

    gone = await operator.delete(f"/api/audit/filters/{first.json['id']}")

    assert gone.status == 204
    assert await kept(operator) == {}
    told = await events("audit.filter")
    assert [entry.type.rpartition(".")[2] for entry in told] == ["saved", "saved", "forgotten"]
    assert told[1].target.title == "Grave"
    assert told[1].detail == {"query": {"outcome": "denied"}}


async def test_what_makes_no_sense_is_refused(operator, viewer, client):
    for wrong in (
        GRAVE | {"name": "  "},
        GRAVE | {"query": {}},
        GRAVE | {"query": {"colour": "red"}},
        GRAVE | {"query": {"type": "x" * 201}},
        GRAVE | {"user_id": str(uuid7())},
    ):
        assert (await operator.post("/api/audit/filters", wrong)).status == 422, wrong
    assert (await viewer.post("/api/audit/filters", GRAVE)).status == 403
    assert (await client.get("/api/audit/filters")).status == 401


async def test_nobody_keeps_more_than_they_find_again(operator):
    many = [GRAVE | {"name": f"Grave {number}"} for number in range(MOST)]
    for new in many:
        assert (await operator.post("/api/audit/filters", new)).status == 201

    answer = await operator.post("/api/audit/filters", GRAVE)

    assert (answer.status, answer.json["code"]) == (409, "too_many_filters")
    assert (await operator.post("/api/audit/filters", many[0])).status == 201
