"""A right that is taken away ends whatever it let somebody do with the trail, within 30 s (A13, 35)."""

from uuid import UUID

from foundation.app.entitled import still_may
from foundation.audit.actor import Actor, Source
from foundation.auth.entry import LEASE
from foundation.ids import uuid7
from foundation.live.stream import BEAT_S, CHECK_S
from foundation.runs import moves
from foundation.runs.entitled import revoke
from foundation.runs.models import Run
from foundation.runs.pace import Pace
from foundation.testing.follow import follow
from foundation.testing.people import SignIn


async def test_a_13_35_a_right_that_is_taken_away_ends_paging_export_and_tail(platform):
    product = await platform("audit")
    parts, sign_in = product.parts, SignIn(product)
    ada = await sign_in("admin", name="ada")

    def record(db, event):
        parts.recorder.record(db, event, Source(Actor("system"), "runs", "r"))

    page = await ada.get("/api/audit", query={"limit": "1"})
    started = await ada.post("/api/audit/exports", {"form": "csv"})
    run_id = UUID(started.json["run_id"])
    async with parts.database.transaction() as db:
        await moves.claim(db, record, run_id=run_id, attempt=0, worker_id=uuid7())

    async def swept():
        jobs, may = parts.registry.jobs, still_may(parts.registry)
        return await revoke(parts.database, record, runs=[run_id], jobs=jobs, may=may)

    assert await swept() == []
    async with follow(ada, "audit") as tail:
        await tail.next("place")
        await sign_in("viewer", name="ada")  # the same person, who may read no trail any more
        parts.live.hub.wake_all()
        lost = await tail.next("refused")
    following = await ada.get("/api/audit", query={"limit": "1", "cursor": page.json["next"]})

    assert lost["data"] == {"refused": ["audit"]}
    assert following.status == 403
    assert await swept() == [run_id]
    async with parts.database.reading() as db:
        assert (await db.get(Run, run_id)).state == "cancelling"
    part = f"/api/runs/{run_id}/artefacts/{uuid7()}"
    assert (await ada.get(part)).status in (403, 404)


def test_a_13_35_each_of_them_looks_often_enough_by_itself():
    assert LEASE.total_seconds() <= 30, "a page: how long a worker may believe what it knows"
    assert CHECK_S + BEAT_S <= 30, "the tail: between two looks, and until the next is due"
    assert Pace().sweep * 1.2 <= 30, "the export: between two sweeps of its worker"
