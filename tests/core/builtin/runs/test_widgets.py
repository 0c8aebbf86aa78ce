"""The widgets of runs: what failed, each with its reason and the way to it."""

from uuid import UUID

from sqlalchemy import text

AUDITED = "SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)"
ENDED = (
    "UPDATE foundation.runs SET state = :state, finished_at = now(), error = :error WHERE id = :id"
)


async def _cards(client):
    return {card["id"]: card for card in (await client.get("/api/dashboard")).json["cards"]}


async def test_a_failed_run_is_told_for_a_week_and_the_first_run_ticks_a_step_off(
    client_as, database, foundation_clock
):
    operator = await client_as("operator")
    steps = (await _cards(operator))["dashboard.first_steps"]["shown"]["steps"]
    assert ("Start a run", False) in [(step["title"], step["done"]) for step in steps]
    id = (await operator.post("/api/runs", {"kind": "toil.dig"})).json["id"]
    async with database.transaction() as db:
        await db.execute(text(AUDITED))
        for state in ("running", "failed"):
            told = {"state": state, "id": UUID(id), "error": '{"message": "rock"}'}
            await db.execute(text(ENDED.replace(":error", "CAST(:error AS jsonb)")), told)

    cards = await _cards(operator)
    (line,) = cards["runs.failed"]["shown"]["items"]
    steps = cards["dashboard.first_steps"]["shown"]["steps"]

    assert (line["to"], line["detail"], line["tone"]) == (f"/s/runs/{id}", "rock", "bad")
    assert cards["runs.failed"]["to"] == "/s/runs?state=failed"
    assert ("Start a run", True) in [(step["title"], step["done"]) for step in steps]
    foundation_clock.forward(days=8)
    later = await client_as("operator")
    assert (await _cards(later))["runs.failed"]["shown"]["items"] == []
