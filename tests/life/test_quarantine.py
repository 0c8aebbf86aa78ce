"""What fails too often rests in every worker, alone, and comes back by a probe or a command."""

import asyncio
from contextlib import AsyncExitStack

from sqlalchemy import func, update

from foundation.plugins.breaker import FAULTS
from foundation.plugins.models import QuarantineRow
from foundation.plugins.warden import Warden
from foundation.testing.people import Events, SignIn

SOON_S = 60.0


async def until(true):
    """Wait for something that background work brings about."""
    async with asyncio.timeout(SOON_S):
        while not await true():
            await asyncio.sleep(0.05)


async def trip(app):
    """Let the sample plugin fail until its routes are put away; give who asked."""
    viewer = await SignIn(app)("viewer", name="vera")
    for _ in range(FAULTS):
        assert (await viewer.get("/api/customers/fail")).status == 500

    async def away():
        return (await viewer.get("/api/customers")).code == "plugin_quarantined"

    await until(away)
    return viewer


async def listed(admin):
    return {one["id"]: one for one in (await admin.get("/api/plugins")).json["items"]}


async def test_a_plugin_that_keeps_failing_rests_in_all_workers_and_a_command_revives_it(crm):
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(crm.worker())
        second = await stack.enter_async_context(crm.worker(FOUNDATION_PLUGINS_REQUIRED="crm"))
        viewer = await trip(first)
        admin = await SignIn(second)("admin")

        async def agreed():
            return (await admin.get("/api/customers")).status == 503

        await until(agreed)
        card = next(
            one for one in (await viewer.get("/api/shell")).json["sections"] if one["id"] == "crm"
        )

        async def told():  # beside the request that failed
            return (await listed(admin))["crm"]["last_fault"] is not None

        await until(told)
        items = await listed(admin)
        others = (await viewer.get("/api/projects")).status
        ready = {part.name: part.ok for part in second.readiness()}
        armed = await crm.command("enable", "crm", "--rearm")

        async def back():
            return (await admin.get("/api/customers")).status == 200

        await until(back)
        said = [(one.type, one.target.id) for one in await Events(first)("core.plugin")]

    assert (card["ui"]["kind"], card["ui"]["state"]) == ("fault", "quarantined")
    assert "secret" not in str(card) + str(items["crm"])
    assert items["crm"]["state"] == "quarantined"
    assert items["crm"]["mend"] == "foundation plugin enable crm --rearm"
    assert [one["part"] for one in items["crm"]["quarantine"]] == ["routes"]
    assert items["crm"]["last_fault"]["fault"].startswith("KeyError (foundation_crm/plugin.py")
    assert others == 200
    assert ready["plugins"] is True
    assert armed.exit_code == 0
    kinds = [kind for kind, id in said if id == "crm" and not kind.endswith("discovered")]
    assert kinds == ["core.plugin.quarantined", "core.plugin.rearmed"]


async def test_after_five_minutes_one_call_tries_again_and_revives_what_works(crm):
    async with crm.worker() as app:
        viewer = await trip(app)
        admin = await SignIn(app)("admin")
        async with app.parts.database.transaction() as db:
            await make_due(db)
        async with asyncio.timeout(SOON_S):
            while (await viewer.get("/api/customers")).status != 200:
                await asyncio.sleep(0.1)

        async def revived():
            found = await Events(app)("core.plugin.rearmed")
            return bool(found) and found[0].reason == "a probe passed"

        await until(revived)
        assert (await admin.get("/api/customers")).status == 200


async def test_a_job_that_fails_five_times_rests_alone_in_all_workers_until_it_is_rearmed(crm):
    async with crm.worker() as app:
        here, there = (Warden(app.registry, app.parts.database, crm.clock) for _ in range(2))
        async with here.watching(), there.watching():
            for _ in range(5):
                here.part_ended("crm", "job:crm.sync", "KeyError")

            async def agreed():
                return there.is_kept("crm", "job:crm.sync")

            await until(agreed)
            others = there.is_kept("crm", "job:crm.other") or there.is_kept("crm", "routes")
            items = (await (await SignIn(app)("admin")).get("/api/plugins")).json["items"]
            vera, oscar = await SignIn(app)("viewer"), await SignIn(app)("operator")
            refused = (await vera.post("/api/plugins/crm/rearm")).status
            armed = (await oscar.post("/api/plugins/crm/rearm")).json
            nobody = (await oscar.post("/api/plugins/nobody/rearm")).status

            async def back():
                return not (here.is_kept("crm", "job:crm.sync") or await agreed())

            await until(back)
        said = await Events(app)("core.plugin")

    told = [(one.type, one.detail["part"]) for one in said if "part" in one.detail]
    (kept,) = next(one for one in items if one["id"] == "crm")["quarantine"]
    assert not others
    assert (kept["part"], kept["reason"]) == (
        "job:crm.sync",
        "failed five times in a row, last with KeyError",
    )
    assert (refused, nobody, armed) == (403, 404, {"parts": ["job:crm.sync"]})
    assert told == [
        ("core.plugin.quarantined", "job:crm.sync"),
        ("core.plugin.rearmed", "job:crm.sync"),
    ]


async def make_due(db):
    await db.execute(update(QuarantineRow).values(probe_at=func.now()))
