"""The worker's process as `foundation serve` starts it: real settings, real plugins, one run."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from foundation_toil import plugin as toil
from sqlalchemy import select

from foundation.app.parts import NotMigrated
from foundation.app.worker import work
from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.plugins.quarantine import probe_passed, put_away
from foundation.runs import events
from foundation.runs.desk import Desk, Requester
from foundation.runs.job import Known
from foundation.runs.models import Artefact, Run
from foundation.runs.pace import Pace

TOIL = Path(__file__).parents[2] / "fixtures" / "toil"


async def test_without_tables_it_does_not_begin(kit, empty_database_url):
    settings = kit.make_settings(database_url=empty_database_url)

    with pytest.raises(NotMigrated):
        await work(settings, environ={})


async def test_a_run_of_an_installed_plugin_waits_while_its_job_rests_and_is_then_done(
    kit, database, database_url, tmp_path, monkeypatch
):
    info = tmp_path / "foundation_toil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: foundation-toil\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[foundation.plugins]\ntoil = foundation_toil.plugin\n")
    monkeypatch.syspath_prepend(tmp_path)
    recorder = Recorder(declared(events.ALL), SystemClock(), "test")
    jobs = {"toil.dig": Known(toil.jobs()[0], "toil", "foundation_toil.plugin")}
    async with database.transaction() as db:
        source = Source(Actor("system"), "runs", "test")
        desk = Desk(db, lambda e: recorder.record(db, e, source), Requester(None, "Ada"), jobs)
        id = (await desk.start("toil.dig", {"count": 3})).id
        await put_away(db, "toil", "job:toil.dig", reason="a test")
    path = os.pathsep.join([str(tmp_path), str(TOIL)])
    settings = kit.make_settings(database_url=database_url, data=tmp_path / "data")
    environ = {**os.environ, "PYTHONPATH": path}
    working = asyncio.create_task(work(settings, environ=environ, pace=Pace(put_back=0.5)))

    async def until(true):
        async with asyncio.timeout(60):
            while True:
                async with database.reading() as db:
                    run = await db.scalar(select(Run).where(Run.id == id))
                if true(run) or working.done():
                    return run
                await asyncio.sleep(0.2)

    waits = await until(lambda run: run.waits)
    async with database.transaction() as db:
        await probe_passed(db, "toil", "job:toil.dig")
    run = await until(lambda run: run.finished_at)
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(working, 60)

    assert waits.waits == "toil.dig failed too often and rests in quarantine"
    assert (run.state, run.result) == ("succeeded", {"value": {"dug": 3}})
    async with database.reading() as db:
        (left,) = await db.scalars(select(Artefact))
    assert (left.name, left.data) == ("report.txt", b"all dug")
