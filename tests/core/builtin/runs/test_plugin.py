"""The section Runs is core's own, through the same hooks as anybody's."""


async def test_the_dashboard_counts_the_runs_that_have_not_ended(client_as):
    operator = await client_as("operator")
    await operator.post("/api/runs", json={"kind": "toil.dig"})

    cards = {each["id"]: each for each in (await operator.get("/api/dashboard")).json["cards"]}

    (figure,) = cards["runs.now"]["shown"]["items"]
    assert (figure["value"], figure["to"]) == (1, "/s/runs?open=true")
    assert len((await operator.get("/api/runs?open=true")).json["items"]) == 1
    assert cards["runs.failed"]["shown"]["items"] == []
    # A widget of another plugin breaks: that is its own card, under the id that the log has.
    broken = cards["toil.depth"]
    assert (broken["shown"], "request id" in broken["error"]) == (None, True)


async def test_its_section_is_shown_to_viewers(client_as):
    viewer = await client_as("viewer")

    sections = {each["id"]: each for each in (await viewer.get("/api/shell")).json["sections"]}

    assert sections["runs"]["ui"] == {"kind": "builtin", "page": "runs"}
