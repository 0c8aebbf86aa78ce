"""The section Runs is core's own, through the same hooks as anybody's."""


async def test_the_dashboard_counts_the_runs_that_have_not_ended(client_as):
    operator = await client_as("operator")
    await operator.post("/api/runs", json={"kind": "toil.dig"})

    tiles = {each["key"]: each for each in (await operator.get("/api/dashboard")).json["tiles"]}

    assert (tiles["runs"]["value"], tiles["runs"]["to"]) == (1, "/s/runs")


async def test_its_section_is_shown_to_viewers(client_as):
    viewer = await client_as("viewer")

    sections = {each["id"]: each for each in (await viewer.get("/api/shell")).json["sections"]}

    assert sections["runs"]["ui"] == {"kind": "builtin", "page": "runs"}
