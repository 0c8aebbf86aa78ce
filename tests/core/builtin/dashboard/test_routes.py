"""The dashboard shows what a person may see elsewhere, and nothing more."""


async def test_a_stranger_has_no_dashboard(client):
    for method in ("GET", "PUT", "DELETE"):
        path = "/api/dashboard" if method == "GET" else "/api/dashboard/first-steps"
        assert (await client.send(method, path)).status == 401


async def test_an_operator_sees_what_they_did_and_nobody_elses_doing(client_as):
    operator, admin = await client_as("operator"), await client_as("admin")
    for who, slug in ((operator, "mine"), (admin, "theirs")):
        made = await who.post("/api/projects", {"slug": slug, "name": slug})
        assert made.status == 201

    seen = (await operator.get("/api/dashboard")).json

    (own,) = [card["shown"] for card in seen["cards"] if card["id"] == "audit.own"]
    assert [line["detail"] for line in own["items"]] == ["mine"]
    assert seen["request_id"]
