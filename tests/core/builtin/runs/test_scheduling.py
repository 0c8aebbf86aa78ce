"""Schedules as people make them."""


async def test_a_change_of_the_time_moves_the_next_one(client_as):
    operator = await client_as("operator")
    new = {"kind": "toil.dig", "cron": "0 3 1 1 *", "params": {"count": 2}}
    made = (await operator.post("/api/runs/schedules", json=new)).json

    changed = await operator.patch(f"/api/runs/schedules/{made['id']}", json={"cron": "* * * * *"})
    wrong = await operator.patch(f"/api/runs/schedules/{made['id']}", json={"params": {"count": 0}})

    assert changed.json["next_at"] < made["next_at"]
    assert changed.json["params"]["count"] == 2
    assert wrong.status == 422


async def test_a_viewer_schedules_nothing_and_an_unknown_one_is_not_found(client_as):
    viewer, operator = await client_as("viewer"), await client_as("operator")
    path = "/api/runs/schedules/00000000-0000-7000-8000-000000000001"

    assert (await viewer.post("/api/runs/schedules", json={})).status == 403
    assert (await operator.delete(path)).status == 404
