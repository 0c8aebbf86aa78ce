"""Shred: what was deleted a week ago is destroyed, and that is told."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from foundation_credentials.service.shred import shred


async def test_only_what_is_due_is_destroyed_and_told_once(operator, crm, gate, database):
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
    told = []
    for _ in range(2):
        async with database.transaction() as db:
            await db.execute(text("SET LOCAL session_replication_role = replica"))
            await shred(db, now=datetime.now(UTC) + timedelta(seconds=1), record=told.append)

    assert [event.detail.slug for event in told] == ["crm"]
    async with database.reading() as db:
        left = await db.scalars(text("SELECT cred_id FROM credentials.secrets"))
        assert {str(id) for id in left} == {gate["id"]}
    assert (await operator.post(f"/api/creds/{gate['id']}/undelete")).status == 200
