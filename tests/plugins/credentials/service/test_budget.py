"""Budget: counted for each person, within the last minute."""


async def test_each_person_has_a_budget_of_their_own(admin, client_as, crm):
    other = await client_as("admin", name="grace")
    path, body = f"/api/creds/{crm['id']}/reveal", {"field": "password", "reason": "a test"}
    for _ in range(10):
        assert (await admin.post(path, body)).status == 200

    refused = await admin.post(path, body)

    assert (refused.status, refused.headers["retry-after"]) == (429, "60")
    assert (await other.post(path, body)).status == 200


async def test_what_was_refused_spends_nothing(admin, crm):
    path = f"/api/creds/{crm['id']}/reveal"
    for _ in range(11):
        absent = await admin.post(path, {"field": "nothing", "reason": "a test"})
        assert absent.status == 404

    assert (await admin.post(path, {"field": "password", "reason": "a test"})).status == 200
