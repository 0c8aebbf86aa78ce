"""Grants: confirmed by somebody who may, has just signed in, and could read the values."""


def _path(credential) -> str:
    return f"/api/creds/{credential['id']}/grants"


async def test_a_grant_is_listed_with_who_gave_it(admin, crm, grant):
    assert (await grant(crm, "etl")).status == 201

    (one,) = (await admin.get(_path(crm))).json["items"]
    assert (one["plugin"], one["granted_by"]) == ("etl", "Admin")
    assert (await admin.get(f"/api/creds/{crm['id']}")).json["granted"] == ["etl"]


async def test_an_operator_grants_nothing(operator, crm):
    assert (await operator.post(_path(crm), {"plugin": "etl"})).status == 403


async def test_an_old_sign_in_grants_nothing(stale_admin, crm):
    answer = await stale_admin.post(_path(crm), {"plugin": "etl"})

    assert (answer.status, answer.code) == (401, "step_up_required")


async def test_a_grant_is_given_once(crm, grant):
    await grant(crm, "etl")

    assert (await grant(crm, "etl")).code == "already_granted"


async def test_giving_and_taking_are_told(admin, crm, grant, told):
    await grant(crm, "etl")
    assert (await admin.delete(f"{_path(crm)}/etl")).status == 204

    told_of = [(e["type"], e["detail"]) for e in await told("credentials.grant")]
    assert told_of == [
        ("credentials.grant.given", {"plugin": "etl"}),
        ("credentials.grant.taken", {"plugin": "etl"}),
    ]


async def test_what_was_not_granted_is_not_taken(admin, crm):
    assert (await admin.delete(f"{_path(crm)}/etl")).status == 404
