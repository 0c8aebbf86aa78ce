"""Purge: the end of a project, planned, typed and told."""

import pytest
from sqlalchemy import text


def _path(project, tail=""):
    return f"/api/projects/{project['id']}{tail}"


@pytest.fixture
async def put_away(operator, apollo, crm):
    """Apollo with a credential, archived."""
    await operator.post(_path(apollo, "/credentials"), {"credential_id": crm["id"]})
    return (await operator.post(_path(apollo, "/archive"), if_match=1)).json


async def test_a_drill_from_the_plan_to_nothing_left(operator, viewer, put_away, crm, told, db):
    plan = (await operator.get(_path(put_away, "/purge"))).json
    assert (plan["slug"], plan["members"], plan["open_runs"]) == ("apollo", 1, 0)
    assert [one["slug"] for one in plan["credentials"]] == ["crm"]
    assert (plan["blocked"], plan["version"]) == ([], put_away["version"])

    mistyped = await operator.post(_path(put_away, "/purge"), {"slug": "gemini"}, if_match=2)
    assert (mistyped.status, mistyped.pointers) == (422, {"/slug"})
    done = await operator.post(_path(put_away, "/purge"), {"slug": "apollo"}, if_match=2)

    assert done.status == 204
    assert (await operator.get(_path(put_away))).status == 404
    assert await db.scalar(text("SELECT count(*) FROM projects.members")) == 0
    assert (await viewer.get(f"/api/creds/{crm['id']}")).json["used_by"] == []
    event = (await told("projects"))[-1]
    assert (event["type"], event["target"]["title"]) == ("projects.project.purged", "Apollo")
    assert event["detail"] == {"slug": "apollo", "members": 1, "credentials": [crm["id"]]}
    assert (await operator.post("/api/projects", {"slug": "apollo", "name": "A"})).status == 201


async def test_only_an_archived_project_is_purged_and_the_plan_says_so(operator, apollo):
    plan = (await operator.get(_path(apollo, "/purge"))).json

    answer = await operator.post(_path(apollo, "/purge"), {"slug": "apollo"}, if_match=1)

    assert plan["blocked"] == ["active"]
    assert (answer.status, answer.code) == (409, "project_active")


async def test_it_wants_somebody_who_has_just_signed_in_and_may(operator, client_as, put_away):
    body = {"slug": "apollo"}
    await client_as("operator", name="other")
    other = await client_as("operator", name="other")

    refused = await other.post(_path(put_away, "/purge"), body, if_match=2)
    stale = await operator.post(_path(put_away, "/purge"), body, if_match=1)

    assert (refused.status, refused.json["permission"]) == (403, "projects:project:manage")
    assert stale.status == 412
