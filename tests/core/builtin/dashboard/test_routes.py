"""The dashboard shows what a person may see elsewhere, and nothing more."""


async def test_a_stranger_has_no_dashboard(client):
    assert (await client.get("/api/dashboard")).status == 401


async def test_a_viewer_sees_parts_without_details_and_no_events(client_as):
    seen = (await (await client_as("viewer")).get("/api/dashboard")).json

    assert "database" in {part["name"] for part in seen["health"]}
    assert {part["detail"] for part in seen["health"]} == {None}
    assert seen["events"] is None
    assert "plugins" not in {tile["key"] for tile in seen["tiles"]}


async def test_an_operator_sees_their_own_events_and_nobody_elses(client_as):
    operator, admin = await client_as("operator"), await client_as("admin")
    for who, slug in ((operator, "mine"), (admin, "theirs")):
        made = await who.post("/api/projects", {"slug": slug, "name": slug})
        assert made.status == 201

    seen = (await operator.get("/api/dashboard")).json

    titles = [event["target"]["title"] for event in seen["events"] if event["target"]]
    assert "mine" in titles
    assert "theirs" not in titles


async def test_the_plugins_tile_counts_what_runs(client_as):
    seen = (await (await client_as("admin")).get("/api/dashboard")).json

    (tile,) = [tile for tile in seen["tiles"] if tile["key"] == "plugins"]
    assert tile["value"] >= 8
    assert tile["to"] == "/settings/plugins"
