"""The export as a run: parts that are one file, and an event that says who took it."""

import base64
import gzip
import json
import os
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from foundation.audit.actor import Actor, Source
from foundation.audit.keeper import Keeper
from foundation.audit.mac import Macs
from foundation.audit.outside import NotesFile, Outside
from foundation.audit.own import EXPORTED, TRAIL_EVENTS
from foundation.audit.proof.tool import verify
from foundation.audit.record import Recorder, declared
from foundation.audit.sealer import Sealer
from foundation.audit.signer import KeyFile, Publisher
from foundation.clock import SystemClock
from foundation.crypto.signing import SigningKey
from foundation.ids import uuid7
from foundation.runs import events as moved
from foundation.runs import moves
from foundation.runs.desk import Desk, Requester
from foundation.runs.handling import MOST_ARTEFACT, RunContext
from foundation.runs.job import Known
from foundation.runs.models import Artefact
from foundation.runs.moves import Lease
from foundation_audit import jobs
from foundation_audit.jobs import EXPORT_TRAIL, ExportParams, export

RECORDER = Recorder(declared([*moved.ALL, *TRAIL_EVENTS]), SystemClock(), "test")
FILL = text("""
    INSERT INTO foundation.audit_log (event_id, occurred_at, type, type_version, plugin, severity,
        actor_type, actor_name, outcome, request_id, app_version, detail)
    SELECT gen_random_uuid(), now() - n * interval '1 s', 'things.thing.made', 1, 'things', 'low',
        'user', 'Ada', 'success', 'r', '1', jsonb_build_object('word', repeat('x', 600))
    FROM generate_series(1, 1500) n
""")


def record(db, event):
    RECORDER.record(db, event, Source(Actor("system"), "runs", "test"))


@pytest.fixture
async def held(database):
    """A context that holds a run of the job, on a trail of 1,500 events, and what it has said."""
    known = {"audit.export": Known(EXPORT_TRAIL, "audit", "foundation_audit.plugin")}
    async with database.transaction() as db:
        await db.execute(FILL)
        desk = Desk(db, lambda event: record(db, event), Requester(None, "Ada"), known)
        run = await desk.start("audit.export", {"form": "csv", "type": "things"})
        await db.flush()
        run = await moves.claim(db, record, run_id=run.id, attempt=0, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
    said = []
    return RunContext(lease, "audit", Actor("system"), database, RECORDER, said.append), said


async def parts(database):
    async with database.reading() as db:
        return list(await db.scalars(select(Artefact).order_by(Artefact.name)))


async def test_parts_put_together_are_one_packed_file(database, held):
    ctx, said = held
    result = await export(ctx, ExportParams(form="ocsf", type="things"))

    found = await parts(database)
    assert result == {"events": 1500, "parts": len(found), "complete": True}
    assert [part.name for part in found] == [
        "audit.ocsf.ndjson.gz.00001",
    ]
    whole = gzip.decompress(b"".join(part.data for part in found)).decode()
    assert [json.loads(line)["metadata"]["event_code"] for line in whole.splitlines()] == (
        ["things.thing.made"] * 1500
    )
    assert (said[-1]["done"], said[-1]["total"]) == (1500, 1500)


async def test_who_took_what_is_told_first(database, held):
    await export(held[0], ExportParams(form="csv", type="things.thing"))

    async with database.reading() as db:
        told = text("SELECT detail FROM foundation.audit_log WHERE type = 'audit.trail.exported'")
        assert (await db.scalar(told))["filters"] == {"type": "things.thing"}


async def test_a_filter_that_is_none_is_refused_before_anything_is_read(database, held):
    with pytest.raises(ValueError, match="outcome"):
        await export(held[0], ExportParams(form="csv", outcome="fine"))
    assert await parts(database) == []


def test_the_job_ends_with_the_right_to_it():
    assert EXPORT_TRAIL.while_allowed
    assert EXPORT_TRAIL.needs.name == "audit:trail:export"
    assert jobs.MOST_PART + jobs.AT_ONCE // 100 < MOST_ARTEFACT


async def test_what_does_not_pack_well_becomes_several_parts(database, held):
    ctx, _ = held
    parts_of = jobs._Parts(ctx, "audit.csv.gz")
    noise = base64.b85encode(os.urandom(1_200_000)).decode()
    for at in range(0, len(noise), 90_000):
        await parts_of.add(noise[at : at + 90_000])
    await parts_of.close()

    found = await parts(database)
    assert len(found) == parts_of.count == 2
    assert max(part.size for part in found) <= jobs.MOST_PART
    assert gzip.decompress(b"".join(part.data for part in found)).decode() == noise


async def test_the_whole_trail_has_one_proof(database, held, tmp_path):
    ctx, said = held
    signs = KeyFile("foundation/audit/test", (SigningKey.of(b"s" * 32),))
    notes = tmp_path / "notes"
    publisher = Publisher(database, SystemClock(), signs, Outside(NotesFile(notes)))
    macs = Macs({"a": b"m" * 32}, "a")
    told = replace(RECORDER, macs=macs)
    sealer = Sealer(database, told, macs, publisher, "foundation/audit/test")
    async with database.transaction() as db:
        old = "DELETE FROM foundation.audit_pending WHERE leaf_hash IS NULL"
        await db.execute(text(old))  # what is older than the tree
        for _ in range(300):
            told.record(db, EXPORTED(form="csv", filters={}), Source(Actor("system"), "audit", "r"))
    ctx.recorder = told
    async with Keeper(sealer, every_s=0.05).at_work():
        result = await export(ctx, ExportParams(form="ndjson"))

    whole = tmp_path / "trail.ndjson"
    whole.write_bytes(gzip.decompress(b"".join(part.data for part in await parts(database))))
    note = tmp_path / "note"
    note.write_text(json.loads(whole.read_text().partition("\n")[0])["note"])
    report = verify(whole, checkpoint=note, keys=[key.text() for key in signs.verifiers])
    assert result["complete"]
    assert result["events"] == report.events > 300
    assert report.faults == []
    assert said[-1]["done"] == said[-1]["total"]
