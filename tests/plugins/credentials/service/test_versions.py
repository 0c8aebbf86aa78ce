"""Versions: older sets are kept for a while and brought back as the newest."""

from sqlalchemy import text


async def _replaced(operator, credential, *passwords) -> None:
    for number, password in enumerate(passwords, start=1):
        answer = await operator.put(
            f"/api/creds/{credential['id']}/values",
            {"values": {"password": password}},
            if_match=number,
        )
        assert answer.status == 200, answer.text


async def test_each_set_of_values_is_a_version_with_who_made_it(operator, crm):
    await _replaced(operator, crm, "second")

    items = (await operator.get(f"/api/creds/{crm['id']}/versions")).json["items"]

    assert [(one["version"], one["holds"], one["made_by"]) for one in items] == [
        (2, True, "Operator"),
        (1, False, "Operator"),
    ]
    assert items[0]["fields"] == ["username", "password"]


async def test_an_older_version_comes_back_as_the_newest(operator, crm, reveal, told):
    await _replaced(operator, crm, "second")
    path = f"/api/creds/{crm['id']}/restore"
    answer = await operator.post(path, {"version": 1}, if_match=2)

    assert (answer.status, answer.json["values_version"]) == (200, 3)
    assert (await reveal(crm, "password")).json == {"value": "hunter2"}
    (event,) = await told("credentials.secret.restored")
    assert event["detail"] == {"restored_from": 1, "values_version": 3}


async def test_only_the_last_ten_versions_are_kept(operator, crm):
    await _replaced(operator, crm, *(f"password {n}" for n in range(11)))

    items = (await operator.get(f"/api/creds/{crm['id']}/versions")).json["items"]

    assert [one["version"] for one in items] == list(range(12, 2, -1))


async def test_a_version_older_than_ninety_days_goes_with_its_data_key(operator, crm, database):
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await db.execute(
            text("UPDATE credentials.versions SET made_at = made_at - interval '91 days'")
        )
    await _replaced(operator, crm, "second")

    async with database.reading() as db:
        left = (await db.scalars(text("SELECT version FROM credentials.secrets"))).all()
    assert list(left) == [2]


async def test_the_version_that_holds_and_one_that_is_not_kept_are_not_restored(operator, crm):
    path = f"/api/creds/{crm['id']}/restore"

    assert (await operator.post(path, {"version": 1}, if_match=1)).code == "holds_already"
    assert (await operator.post(path, {"version": 7}, if_match=1)).status == 404


async def test_a111_an_older_host_counts_as_another_host(operator, warehouse):
    path = f"/api/creds/{warehouse['id']}"
    values = {"values": {"host": "new.example", "password": "second"}}
    assert (await operator.put(f"{path}/values", values, if_match=1)).status == 200

    answer = await operator.post(f"{path}/restore", {"version": 1}, if_match=2)

    assert (answer.status, answer.json["errors"][0]["code"]) == (422, "secret_required")
