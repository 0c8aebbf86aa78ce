"""The widgets of credentials: each number is counted as the list behind it is narrowed."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from foundation_credentials.permissions import READ, WRITE
from foundation_credentials.widgets import ALL

BROKEN = "UPDATE credentials.secrets SET state = 'broken'"
AUDITED = "SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)"


def test_they_are_for_those_who_see_or_keep_credentials():
    assert [(widget.key, widget.needs) for widget in ALL] == [
        ("attention", READ),
        ("first_steps", WRITE),
    ]


async def test_what_is_overdue_or_does_not_open_is_counted_and_listed(operator, database, clock):
    due = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": "hunter2"}}
    made = await operator.post("/api/creds", new | {"expires_at": due})
    assert made.status == 201, made.text
    async with database.transaction() as db:
        await db.execute(text(AUDITED))
        await db.execute(text(BROKEN))
    clock.forward(hours=30)

    cards = {card["id"]: card for card in (await operator.get("/api/dashboard")).json["cards"]}

    shown = cards["credentials.attention"]["shown"]["items"]
    assert [(one["label"], one["value"], one["tone"]) for one in shown] == [
        ("Unreadable", 1, "bad"),
        ("Overdue", 1, "bad"),
        ("Due in 30 days", 1, "warn"),
    ]
    for one in shown:
        listed = await operator.get(one["to"].replace("/s/credentials", "/api/creds"))
        assert [item["slug"] for item in listed.json["items"]] == ["crm"]
