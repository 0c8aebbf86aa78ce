"""Questions about runs: filtered, in pages, with the progress of the newest attempt."""

from datetime import UTC, datetime

from foundation_toil import plugin as toil
from sqlalchemy import update

from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.builtin.runs import repository
from foundation.builtin.runs.schemas import RunQuery
from foundation.builtin.runs.service import view
from foundation.clock import SystemClock
from foundation.ids import uuid7
from foundation.runs import events, journal, moves
from foundation.runs.desk import Desk, Requester
from foundation.runs.job import Known
from foundation.runs.models import Attempt

JOBS = {"toil.dig": Known(toil.jobs()[0], "toil", "foundation_toil.plugin")}
RECORDER = Recorder(declared(events.ALL), SystemClock(), "test")

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TOLD = {"done": 1, "total": None, "unit": "", "phase": ""}


def record(db, event):
    RECORDER.record(db, event, Source(Actor("system"), "runs", "test"))


async def test_a_page_holds_what_is_asked_for_with_its_progress(database):
    async with database.transaction() as db:
        desk = Desk(db, lambda event: record(db, event), Requester(None, "Ada"), JOBS)
        first, second, third = [(await desk.start("toil.dig", {})).id for _ in range(3)]
        await desk.cancel(first)
        run = await moves.claim(db, record, run_id=second, attempt=0, worker_id=uuid7())
        lease = moves.Lease(second, 1, run.fence)
        for n in (1, 2, 3):
            await journal.keep_chunk(db, lease, n=n, lines=[(NOW, f"line {n}")])
        await db.execute(update(Attempt).values(progress=TOLD))

    async with database.reading() as db:
        assert await repository.count_open(db) == 2
        ends = await repository.last_chunks(db, second, attempt=1, count=2)
        assert [chunk.n for chunk in ends] == [2, 3]
        rows, following = await repository.page_of_runs(db, RunQuery(open=True, limit=1))
        rest, end = await repository.page_of_runs(
            db, RunQuery(open=True, limit=1, cursor=following)
        )
        ended, _ = await repository.page_of_runs(db, RunQuery(state="cancelled", plugin="toil"))
    assert [run.id for run, _ in ended] == [first]
    assert [view(run, told).model_dump_json(warnings="error") for run, told in rest]
    assert [(run.id, progress) for run, progress in [*rows, *rest]] in (
        [(third, None), (second, TOLD)],
        [(second, TOLD), (third, None)],
    )
    assert end is None
