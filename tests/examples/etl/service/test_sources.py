"""Sources: found, filtered, and told of."""

import pytest

from foundation.testing.people import Events


@pytest.fixture
async def query(operator):
    return await operator.post(
        "/api/etl", {"name": "Query", "kind": "postgres", "content": "SELECT 1"}
    )


async def test_a_query_without_a_credential_names_the_field(query):
    assert (query.status, query.pointers) == (422, {"/credential_id"})


async def test_sources_are_found_by_name_and_kind(operator, source):
    found = (await operator.get("/api/etl", query={"q": "peo", "kind": "csv"})).json["items"]

    assert [one["id"] for one in found] == [source["id"]]
    assert (await operator.get("/api/etl", query={"kind": "postgres"})).json["items"] == []


async def test_a_change_of_nothing_is_not_told(platform, operator, source):
    url = f"/api/etl/{source['id']}"
    same = await operator.patch(url, {"name": "People"}, if_match=1)
    await operator.patch(url, {"name": "Folk"}, if_match=1)
    stale = await operator.patch(url, {"name": "Crowd"}, if_match=1)

    assert (same.json["version"], stale.status) == (1, 412)
    told = await operator.get(url)
    assert told.json["name"] == "Folk"


async def test_each_change_is_told(platform):
    from foundation.testing.people import SignIn

    app = await platform("etl")
    operator = await SignIn(app)("operator")
    source = (await operator.post("/api/etl", {"name": "People", "content": "a\n1\n"})).json
    await operator.patch(f"/api/etl/{source['id']}", {"name": "Folk"}, if_match=1)
    await operator.delete(f"/api/etl/{source['id']}")

    told = await Events(app)("etl.")
    assert [one.type for one in told] == [
        "etl.source.added",
        "etl.source.changed",
        "etl.source.deleted",
    ]
