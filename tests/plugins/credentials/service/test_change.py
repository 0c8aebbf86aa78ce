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


async def test_a110_a_name_alone_keeps_stars_are_refused_null_clears_and_empty_is_a_value(
    operator, gate, reveal
):
    path = f"/api/creds/{gate['id']}"
    await operator.patch(path, {"name": "X"}, if_match=1)
    assert (await reveal(gate, "passphrase")).json == {"value": "open"}

    stars = {"values": {"passphrase": "********"}}
    refused = await operator.patch(path, stars, if_match=2)
    assert (refused.status, refused.pointers) == (422, {"/values/passphrase"})
    meant = await operator.patch(path, stars | {"allow_mask_like": True}, if_match=2)
    assert meant.status == 200
    assert (await reveal(gate, "passphrase")).json == {"value": "********"}

    await operator.patch(path, {"values": {"passphrase": ""}}, if_match=3)
    assert (await reveal(gate, "passphrase")).json == {"value": ""}
    cleared = await operator.patch(path, {"values": {"passphrase": None}}, if_match=4)
    assert cleared.json["fields"]["passphrase"]["set"] is False


async def test_null_clears_what_may_be_empty_and_absence_keeps(operator, crm):
    path = f"/api/creds/{crm['id']}"
    given = {"expires_at": "2099-01-01T00:00:00Z", "rotate_every": 90, "tags": ["prod"]}
    assert (await operator.patch(path, given, if_match=1)).json["rotate_every"] == 90

    answer = await operator.patch(path, {"expires_at": None}, if_match=2)

    assert (answer.json["expires_at"], answer.json["rotate_every"]) == (None, 90)
    assert answer.json["tags"] == ["prod"]


async def test_what_is_due_is_listed_as_expiring(operator, crm, warehouse):
    soon = {"expires_at": "2020-01-01T00:00:00Z"}
    await operator.patch(f"/api/creds/{crm['id']}", soon, if_match=1)

    (one,) = (await operator.get("/api/creds", query={"show": "expiring"})).json["items"]

    assert (one["slug"], one["due"]) == ("crm", "expired")


async def test_what_was_never_to_be_shown_becomes_showable_only_with_other_values(operator, crm):
    path = f"/api/creds/{crm['id']}"
    await operator.patch(path, {"reveal": "never"}, if_match=1)

    refused = await operator.patch(path, {"reveal": "allowed"}, if_match=2)
    assert refused.json["errors"][0]["code"] == "secret_required"
    anew = {"reveal": "allowed", "values": {"password": "another"}}
    assert (await operator.patch(path, anew, if_match=2)).json["reveal"] == "allowed"
