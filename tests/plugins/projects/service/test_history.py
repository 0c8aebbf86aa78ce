"""History: what happened to a project, for its members."""


async def test_a_member_reads_what_happened_and_no_details(guest, operator, admin, apollo, crm):
    ada, id = await guest("ada")
    path = f"/api/projects/{apollo['id']}"
    await operator.post(f"{path}/members", {"user_id": id})
    await operator.post(f"{path}/credentials", {"credential_id": crm["id"]})

    seen = (await ada.get(f"{path}/history")).json["items"]

    assert [one["type"] for one in seen] == [
        "projects.credential.attached",
        "projects.member.added",
        "projects.project.created",
    ]
    assert (seen[0]["actor"]["name"], seen[0]["target"]) == ("Operator", None)
    assert "detail" not in seen[0]


async def test_others_need_the_right_to_read_the_trail(viewer, admin, apollo):
    path = f"/api/projects/{apollo['id']}/history"

    assert (await viewer.get(path)).json["permission"] == "audit:event:read"
    assert len((await admin.get(path, query={"limit": "1"})).json["items"]) == 1
