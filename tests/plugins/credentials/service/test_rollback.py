"""Attack A099: an older version, put back whole in the database, opens; the trail knows better."""

from sqlalchemy import text

from foundation.clock import SystemClock
from foundation.http.context import Caller, Context
from foundation.ports import Trail
from foundation.telemetry.logging import logger
from foundation_credentials.service.rollback import health


class Services:
    def get(self, ctx, port):
        return Trail(ctx.db)


async def looked_at(database):
    async with database.reading() as db:
        ctx = Context(
            "r", None, "credentials", db, SystemClock(), logger(), Caller(""), Services(), None
        )
        return await health(ctx)


async def test_a099_an_older_version_put_back_is_found(operator, crm, reveal, database):
    url = f"/api/creds/{crm['id']}/values"
    changed = await operator.put(url, {"values": {"password": "newer"}}, if_match=1)
    assert changed.status == 200, changed.text
    before = await looked_at(database)

    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await db.execute(text("DELETE FROM credentials.secrets WHERE version = 2"))
        await db.execute(text("DELETE FROM credentials.versions WHERE version = 2"))
        await db.execute(text("UPDATE credentials.creds SET version = 1, values_version = 1"))

    assert (await reveal(crm, "password")).json["value"] == "hunter2"
    after = await looked_at(database)
    assert (before.ok, after.ok) == (True, False)
    assert after.detail == "older values were put back in: crm"
