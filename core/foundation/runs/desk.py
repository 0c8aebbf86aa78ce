"""The desk where runs are asked for: start, cancel, again; for routes and for schedules."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.events import Event
from foundation.errors import Conflict, FieldProblem, Invalid, NotFound
from foundation.ids import uuid7
from foundation.runs import events, moves
from foundation.runs.delivery import deliver, withdraw
from foundation.runs.job import Jobs, Known, Work
from foundation.runs.models import Run
from foundation.runs.states import FINAL

MOST_PARAMS = 65_536

Check = Callable[[Known, dict[str, Any]], Awaitable[None]]  # of JSON


@dataclass(frozen=True, slots=True)
class Requester:
    """Whoever asks for a run."""

    id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a run is wanted, beside its kind and parameters."""

    key: str | None = None
    not_before: datetime | None = None
    project_id: UUID | None = None
    priority: int | None = None
    schedule_id: UUID | None = None
    due_at: datetime | None = None
    parent_run_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Asks for runs in the caller's transaction; whether they may is for the caller to see.

    *check* looks at the parameters of a job as the requester; it raises `Invalid`.
    """

    db: AsyncSession
    record: Callable[[Event], None]
    requester: Requester
    jobs: Jobs
    check: Check | None = None

    async def start(
        self,
        kind: str,
        params: Mapping[str, Any],  # JSON
        *,
        wanted: Wanted = Wanted(),
    ) -> Run:
        """Ask for a run of *kind*; kept, recorded and delivered with the transaction.

        A *key* used before gives that run, or `Conflict` where its parameters differ. Raises
        `NotFound` for an unknown kind and `Invalid` for wrong parameters, naming each field.
        """
        known = self.known(kind)
        checked = checked_params(known.work, params)
        if self.check is not None:
            await self.check(known, checked)
        if wanted.key is not None:
            found = await self._by_key(kind, wanted.key)
            if found is not None:
                if found.params != checked:
                    raise Conflict("this key was used with other parameters", run=str(found.id))
                return found
        run = _new_run(known, checked, wanted, self.requester)
        self.db.add(run)
        self.record(
            events.REQUESTED(
                events.about(run.id, run.title), project_id=run.project_id, kind=run.kind
            )
        )
        await self.db.flush()  # the delivery names the run
        await deliver(self.db, run, at=wanted.not_before)
        await self.db.refresh(run)
        return run

    async def cancel(self, id: UUID) -> Run:
        """Ask for the end of a run: at once where nobody works on it, else as soon as it stops."""
        run = await self._locked(id)
        run.cancel_requested_by = self.requester.id
        if run.state == "queued":
            await withdraw(self.db, run.delivery_ref)
            await moves.cancel_queued(self.db, self._noted, run=run)
        elif run.state == "running":
            await moves.begin_to_cancel(self.db, self._noted, run=run, reason="cancel")
        elif run.state in FINAL:
            raise Conflict(f"the run has {run.state} already", state=run.state)
        await self.db.flush()
        await self.db.refresh(run)
        return run

    async def again(self, id: UUID, params: Mapping[str, Any] | None = None) -> Run:
        """Start a new run like an ended one, with its parameters or with *params*."""
        old = await self.get(id)
        if old.state not in FINAL:
            raise Conflict("the run has not ended yet", state=old.state)
        wanted = Wanted(project_id=old.project_id, parent_run_id=old.id, priority=old.priority)
        return await self.start(old.kind, old.params if params is None else params, wanted=wanted)

    async def get(self, id: UUID) -> Run:
        """Return one run; raises `NotFound`."""
        run = await self.db.get(Run, id)
        if run is None:
            raise NotFound("no such run")
        return run

    def known(self, kind: str) -> Known:
        """Return the job of this kind; raises `NotFound` when no started plugin declares it."""
        if kind not in self.jobs:
            raise NotFound(f"no started plugin declares the job {kind}")
        return self.jobs[kind]

    async def _locked(self, id: UUID) -> Run:
        run: Run | None = await self.db.scalar(select(Run).where(Run.id == id).with_for_update())
        if run is None:
            raise NotFound("no such run")
        return run

    async def _by_key(self, kind: str, key: str) -> Run | None:
        found: Run | None = await self.db.scalar(
            select(Run).where(Run.kind == kind, Run.idempotency_key == key)
        )
        return found

    def _noted(self, _db: AsyncSession, event: Event) -> None:
        self.record(event)


def checked_params(work: Work, params: Mapping[str, Any]) -> dict[str, Any]:  # JSON
    """Return *params* as the job's model writes them; raises `Invalid` naming each bad field."""
    try:
        model = work.params.model_validate(dict(params))
    except ValidationError as wrong:
        raise Invalid(
            "Some parameters are not right.",
            errors=[
                FieldProblem(
                    "/" + "/".join(["params", *map(str, error["loc"])]), error["msg"], error["type"]
                )
                for error in wrong.errors(include_url=False, include_input=False)
            ],
        ) from wrong
    dumped: dict[str, Any] = model.model_dump(mode="json")
    if len(json.dumps(dumped)) > MOST_PARAMS:
        raise Invalid("The parameters are larger than 64 KB.")
    return dumped


def _new_run(known: Known, params: dict[str, Any], wanted: Wanted, requester: Requester) -> Run:
    work = known.work
    key = work.concurrency
    return Run(
        id=uuid7(),
        kind=work.kind,
        kind_version=work.version,
        plugin=known.plugin,
        project_id=wanted.project_id,
        title=work.title,
        state="queued",
        params=params,
        idempotency_key=wanted.key,
        queue=work.queue,
        priority=work.priority if wanted.priority is None else wanted.priority,
        concurrency_key=key.of(params) if key else None,
        concurrency_limit=key.limit if key else 1,
        attempt=0,
        failures=0,
        drains=0,
        fence=0,
        max_attempts=work.attempts,
        on_crash=work.on_crash,
        not_before=wanted.not_before,
        timeout_s=work.timeout_s,
        requested_by=requester.id,
        requested_name=requester.name,
        schedule_id=wanted.schedule_id,
        due_at=wanted.due_at,
        parent_run_id=wanted.parent_run_id,
    )
