"""Shred: what was deleted a week ago is destroyed by the next change, and that is told."""

from sqlalchemy import text


async def test_only_what_is_due_is_destroyed_and_told_once(
    operator, crm, gate, new, database, told
):
    for made in (crm, gate):
        await operator.delete(f"/api/creds/{made['id']}", if_match=1)
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await db.execute(
            text(
                "UPDATE credentials.creds SET deleted_at = deleted_at - interval '8 days'"
                " WHERE slug = 'crm'"
            )
        )
    for slug in ("one", "two"):
        await operator.post("/api/creds", new | {"slug": slug})

    events = await told("credentials.credential.shredded")
    assert [event["detail"]["slug"] for event in events] == ["crm"]
    assert (await operator.post(f"/api/creds/{gate['id']}/undelete")).status == 200
