"""What a worker is given, and what of it goes on to the child of an attempt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from foundation.audit.record import Recorder
from foundation.clock import Clock
from foundation.db.engine import Database
from foundation.runs import schedules
from foundation.runs.delivery import Delivery
from foundation.runs.entitled import May
from foundation.runs.guard import Guard, Unguarded
from foundation.runs.job import Jobs
from foundation.runs.lending import Lender, lent_seal, nothing_lent
from foundation.runs.models import Run
from foundation.runs.pace import Pace
from foundation.runs.wire import Orders
from foundation.secret import Secret


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a worker is given: the database, the jobs it knows, its queues and slots.

    *preload* names the modules that every child needs beside those of runs.
    """

    url: Secret
    database: Database
    delivery: Delivery
    jobs: Jobs
    recorder: Recorder
    clock: Clock
    environ: Mapping[str, str]
    version: str
    queues: tuple[str, ...] = ("default",)
    slots: int = 2
    preload: tuple[str, ...] = ()
    pace: Pace = field(default_factory=Pace)
    lender: Lender = nothing_lent
    guard: Guard = field(default_factory=Unguarded)
    may: May | None = None
    lets: schedules.Lets | None = None

    def orders(self, run: Run) -> Orders:
        """Return what the child of the present attempt of *run* is told."""
        known = self.jobs[run.kind]
        return Orders(
            run_id=str(run.id),
            attempt=run.attempt,
            fence=run.fence,
            kind=run.kind,
            kind_version=run.kind_version,
            plugin=known.plugin,
            module=known.module,
            params=run.params,
            requested_by=str(run.requested_by) if run.requested_by else None,
            requested_name=run.requested_name,
            database_url=self.url.reveal(),
            app_version=self.version,
            seal=lent_seal(self.recorder, run),
            memory_mb=known.work.memory_mb,
            silence_s=self.pace.fence_after,
        )
