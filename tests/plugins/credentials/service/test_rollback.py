"""Attack A099: an older version, put back whole in the database, opens; the trail knows better."""

import asyncio
import re
import sys
from pathlib import Path

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


async def put_back(operator, database, crm):
    """Change the password of *crm*, then put the old version back as if nothing had been."""
    changed = await operator.put(
        f"/api/creds/{crm['id']}/values", {"values": {"password": "newer"}}, if_match=1
    )
    assert changed.status == 200, changed.text
    before = await looked_at(database)
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await db.execute(text("DELETE FROM credentials.secrets WHERE version = 2"))
        await db.execute(text("DELETE FROM credentials.versions WHERE version = 2"))
        await db.execute(text("UPDATE credentials.creds SET version = 1, values_version = 1"))
    return before


async def test_a099_an_older_version_put_back_is_found(operator, crm, reveal, database):
    before = await put_back(operator, database, crm)

    assert (await reveal(crm, "password")).json["value"] == "hunter2"
    after = await looked_at(database)
    assert (before.ok, after.ok) == (True, False)
    assert after.detail == "older values were put back in: crm"


async def test_a099_the_doctor_reports_it(operator, crm, database, foundation_environ):
    await put_back(operator, database, crm)

    doctor = await asyncio.create_subprocess_exec(
        *(Path(sys.executable).parent / "foundation", "doctor"),
        env=foundation_environ,
        stdout=asyncio.subprocess.PIPE,
    )
    told = (await doctor.communicate())[0].decode()

    (line,) = [line for line in told.splitlines() if line.startswith("credentials.values")]
    assert re.split(" {2,}", line.rstrip()) == [
        "credentials.values", "bad", "older values were put back in: crm",
    ]  # fmt: skip
    assert doctor.returncode == 1
