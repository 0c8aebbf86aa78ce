"""Change: name and description, at the version somebody looked at."""


async def test_a_name_changes_and_no_value_does(operator, crm, reveal):
    answer = await operator.patch(f"/api/creds/{crm['id']}", {"name": "CRM 2"}, if_match=1)

    assert answer.json["name"] == "CRM 2"
    assert answer.json["version"] == 2
    assert answer.json["fields"] == crm["fields"]
    assert (await reveal(crm, "password")).json == {"value": "hunter2"}


async def test_its_event_names_what_changed(operator, crm, told):
    change = {"name": crm["name"], "description": "The new one"}
    await operator.patch(f"/api/creds/{crm['id']}", change, if_match=1)

    (event,) = await told("credentials.credential.updated")
    assert event["detail"] == {"changed": ["description"]}


async def test_a_stale_version_changes_nothing_and_shows_the_present(operator, crm):
    path = f"/api/creds/{crm['id']}"
    await operator.patch(path, {"name": "First"}, if_match=1)

    answer = await operator.patch(path, {"name": "Second"}, if_match=1)

    assert answer.status == 412
    assert (answer.json["expected"], answer.json["version"]) == (1, 2)
    assert answer.json["current"]["name"] == "First"
    assert (await operator.get(path)).json["name"] == "First"


async def test_a_change_needs_the_version_it_is_of(operator, crm):
    answer = await operator.patch(f"/api/creds/{crm['id']}", {"name": "X"})

    assert answer.status == 428


async def test_a_change_to_the_same_is_none(operator, crm, told):
    answer = await operator.patch(f"/api/creds/{crm['id']}", {"name": "CRM"}, if_match=1)

    assert answer.json["version"] == 1
    assert await told("credentials.credential.updated") == []


async def test_values_are_not_changed_here(operator, crm):
    answer = await operator.patch(f"/api/creds/{crm['id']}", {"values": {}}, if_match=1)

    assert answer.status == 422
    assert answer.pointers == {"/values"}
