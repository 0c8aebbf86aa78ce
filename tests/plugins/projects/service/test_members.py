"""Members: who is what in a project, and what that lets them do."""

import pytest

from foundation.ids import uuid7


def _path(project, tail=""):
    return f"/api/projects/{project['id']}{tail}"


@pytest.fixture
async def ada(guest, operator, apollo):
    """An outsider who was made an editor of Apollo by its owner."""
    client, id = await guest("ada")
    added = await operator.post(_path(apollo, "/members"), {"user_id": id, "role": "editor"})
    assert added.status == 201, added.text
    return client, added.json


async def test_a_member_sees_the_project_and_works_in_it_as_far_as_the_role_goes(ada, apollo):
    client, _ = ada

    assert [one["slug"] for one in (await client.get("/api/projects")).json["items"]] == ["apollo"]
    assert (await client.get(_path(apollo))).json["may"] == ["edit", "attach"]
    assert (await client.patch(_path(apollo), {"tags": ["b", "a", "b"]}, if_match=1)).json[
        "tags"
    ] == ["a", "b"]
    assert (await client.post(_path(apollo, "/archive"), if_match=2)).status == 403
    assert (await client.post("/api/projects", {"slug": "own", "name": "Own"})).status == 403


async def test_the_members_are_listed_with_whoever_answers_first(ada, operator, apollo):
    client, _ = ada

    items = (await client.get(_path(apollo, "/members"))).json["items"]

    assert [(one["name"], one["role"], one["answers"]) for one in items] == [
        ("Operator", "owner", True),
        ("Ada", "editor", False),
    ]


async def test_somebody_is_a_member_once_and_the_same_request_adds_once(
    guest, operator, apollo, ada
):
    _, id = await guest("bob")
    new = {"user_id": id}

    first = await operator.post(_path(apollo, "/members"), new, idempotency_key="m1")
    again = await operator.post(_path(apollo, "/members"), new, idempotency_key="m1")
    anew = await operator.post(_path(apollo, "/members"), new)

    assert first.json["role"] == "viewer"
    assert again.json == first.json
    assert (anew.status, anew.code) == (409, "already_member")


async def test_nobody_unknown_becomes_a_member_or_an_owner(operator, apollo):
    nobody = {"user_id": str(uuid7())}

    for answer in (
        await operator.post(_path(apollo, "/members"), nobody),
        await operator.put(_path(apollo, "/owner"), nobody, if_match=1),
    ):
        assert (answer.status, answer.pointers) == (422, {"/user_id"})


async def test_a_role_is_changed_in_the_version_that_was_seen(operator, apollo, ada):
    client, member = ada
    path = _path(apollo, f"/members/{member['id']}")

    changed = await operator.patch(path, {"role": "owner"}, if_match=member["version"])
    stale = await operator.patch(path, {"role": "viewer"}, if_match=member["version"])

    assert (changed.json["role"], changed.json["version"]) == ("owner", 2)
    assert (stale.status, stale.json["current"]["role"]) == (412, "owner")
    assert (await client.get(_path(apollo, "/candidates"), query={"q": "op"})).status == 200


async def test_a_member_taken_out_sees_nothing_any_more_and_one_may_leave(operator, apollo, ada):
    client, member = ada
    path = _path(apollo, f"/members/{member['id']}")

    assert (await client.delete(path, if_match=1)).status == 204
    assert (await client.get(_path(apollo))).status == 404
    assert (await operator.delete(path, if_match=1)).status == 404


async def test_whoever_answers_stays_until_somebody_else_does(operator, apollo, ada, told):
    client, member = ada
    (owner, _) = (await operator.get(_path(apollo, "/members"))).json["items"]
    mine = _path(apollo, f"/members/{owner['id']}")

    for answer in (
        await operator.delete(mine, if_match=1),
        await operator.patch(mine, {"role": "viewer"}, if_match=1),
    ):
        assert (answer.status, answer.code) == (409, "owner_stays")
    given = await operator.put(_path(apollo, "/owner"), {"user_id": member["user_id"]}, if_match=1)
    assert (given.json["owner"]["name"], given.json["role"]) == ("Ada", "owner")
    assert (await client.delete(mine, if_match=1)).status == 204

    types = [event["type"] for event in await told("projects")][1:]
    assert types == [
        "projects.member.added",
        "projects.owner.changed",
        "projects.member.removed",
    ]


async def test_candidates_are_people_who_are_no_members_yet(operator, apollo, ada, guest):
    await guest("bob")

    found = (await operator.get(_path(apollo, "/candidates"), query={"q": "people.test"})).json

    assert {one["name"] for one in found["items"]} == {"Admin", "Bob"}


async def test_an_archived_project_takes_nobody_in_and_lets_people_go(operator, apollo, ada):
    _, member = ada
    await operator.post(_path(apollo, "/archive"), if_match=1)

    refused = await operator.post(_path(apollo, "/members"), {"user_id": str(uuid7())})
    gone = await operator.delete(_path(apollo, f"/members/{member['id']}"), if_match=1)

    assert (refused.code, gone.status) == ("project_archived", 204)
