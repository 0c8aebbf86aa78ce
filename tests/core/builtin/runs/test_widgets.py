"""The widgets of runs: what failed, each with its reason and the way to it."""

import json
from uuid import UUID

from sqlalchemy import text

AUDITED = "SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)"
ENDED = (
    "UPDATE foundation.runs SET state = :state, finished_at = now(), error = :error WHERE id = :id"
)


async def _cards(client):
    return {card["id"]: card for card in (await client.get("/api/dashboard")).json["cards"]}


async def _bad(operator, card):
    """Return the runs of the list that the card leads to."""
    path, _, query = card["to"].partition("?")
    assert path == "/s/runs"
    page = await operator.get(f"/api/runs?{query}")
    return {f"/s/runs/{run['id']}" for run in page.json["items"]}


async def test_a_failed_run_is_told_for_a_week_and_the_first_run_ticks_a_step_off(
    client_as, database, foundation_clock
):
    operator = await client_as("operator")
    steps = (await _cards(operator))["dashboard.first_steps"]["shown"]["steps"]
    assert ("Start a run", False) in [(step["title"], step["done"]) for step in steps]
    ids = [(await operator.post("/api/runs", {"kind": "toil.dig"})).json["id"] for _ in range(3)]
    async with database.transaction() as db:
        await db.execute(text(AUDITED))
        for id, end in zip(ids, ("failed", "lost", "succeeded"), strict=True):
            for state in ("running", end):
                error = {"code": "crash", "message": end, "retryable": False}
                told = {"state": state, "id": UUID(id), "error": json.dumps(error)}
                await db.execute(text(ENDED.replace(":error", "CAST(:error AS jsonb)")), told)

    cards = await _cards(operator)
    lines = cards["runs.failed"]["shown"]["items"]
    steps = cards["dashboard.first_steps"]["shown"]["steps"]

    shown = {(line["to"], line["detail"], line["tone"]) for line in lines}
    assert shown == {
        (f"/s/runs/{ids[n]}", what, "bad") for n, what in enumerate(("failed", "lost"))
    }
    assert await _bad(operator, cards["runs.failed"]) == {line["to"] for line in lines}
    assert ("Start a run", True) in [(step["title"], step["done"]) for step in steps]
    foundation_clock.forward(days=8)
    later = await client_as("operator")
    card = (await _cards(later))["runs.failed"]
    assert (card["shown"]["items"], await _bad(later, card)) == ([], set())
