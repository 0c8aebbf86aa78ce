"""What became of runs, day by day."""


async def test_each_day_has_its_outcomes_the_empty_ones_too(client_as):
    operator = await client_as("operator")
    wanted = {"kind": "toil.dig", "params": {}}
    await operator.post("/api/runs", json=wanted)
    made = await operator.post("/api/runs", json=wanted)
    await operator.post(f"/api/runs/{made.json['id']}/cancel", json={})

    got = (await operator.get("/api/runs/statistics?days=3&plugin=toil")).json["days"]
    other = (await operator.get("/api/runs/statistics?days=3&kind=toil.other")).json["days"]

    assert [day["open"] for day in got] == [0, 0, 1]
    assert [day["cancelled"] for day in got] == [0, 0, 1]
    assert got[-1]["median_s"] is None
    assert all(day["open"] == 0 for day in other)


async def test_an_unknown_zone_is_told(client_as):
    viewer = await client_as("viewer")

    assert (await viewer.get("/api/runs/statistics?zone=Nowhere/At_All")).status == 422
