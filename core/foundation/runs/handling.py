"""What a handler holds of its run: progress, log, marks, artefacts, transactions, credentials."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit import guard
from foundation.audit.actor import Actor, Source
from foundation.audit.events import Event
from foundation.audit.record import Recorder
from foundation.db.engine import Database
from foundation.runs.job import LeaseLost
from foundation.runs.journal import holds
from foundation.runs.lending import LentCredential, Window
from foundation.runs.models import Artefact, Mark, Run
from foundation.runs.moves import Lease

MOST_ARTEFACT = 1024 * 1024
MOST_SAID = 100_000
"""Characters of one line that go to the worker; the log keeps 8,000 of them."""

S = TypeVar("S", bound=BaseModel)

Say = Callable[[dict[str, Any]], None]  # JSON


@dataclass(slots=True)
class RunContext:
    """One attempt of one run, for its handler.

    Execution is at least once: what a handler changes goes through `transaction`, which a
    replaced attempt cannot commit, and outside effects carry `effect_key`.
    """

    lease: Lease
    plugin: str
    actor: Actor
    database: Database
    recorder: Recorder
    say: Say
    window: Window = field(default_factory=Window)
    cancelled: bool = field(default=False)

    @property
    def run_id(self) -> UUID:
        """The id of the run."""
        return self.lease.run_id

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1."""
        return self.lease.attempt

    def effect_key(self, step: str) -> str:
        """Return a key for an outside effect: the same in every attempt of this run."""
        return hashlib.sha256(f"{self.lease.run_id}:{step}".encode()).hexdigest()[:32]

    def log(self, line: str) -> None:
        """Add lines to the log of the attempt."""
        for one in str(line).splitlines() or [""]:
            self.say({"t": "log", "line": one[:MOST_SAID]})

    def progress(
        self, done: float, total: float | None = None, *, unit: str = "", phase: str = ""
    ) -> None:
        """Tell how far this is; shown at most twice a second."""
        self.say({"t": "progress", "done": done, "total": total, "unit": unit, "phase": phase})

    async def credential(self, credential: str | UUID, *, purpose: str = "") -> LentCredential:
        """Return a credential that the parameters or the plugin's settings name, by slug or id.

        Told in the trail with *purpose* before it is handed over, once an attempt. Raises
        `CredentialRefused`: not named, not granted to this plugin, or whoever asked for the run
        may not use credentials any more.
        """
        return await self.window.credential(str(credential), purpose=purpose)

    async def resolved(self, document: Any, *, purpose: str = "") -> Any:  # JSON
        """Return *document* with a `Secret` in place of each reference; raises as `credential`.

        Give it a part of the parameters or of the settings: ``${cred:crm.password}`` as the whole
        text, or ``{"$cred": "crm", "field": "password"}``.
        """
        found = await self.window.ask("document", document={"of": document}, purpose=purpose)
        return found["of"]

    async def settings(self, model: type[S]) -> S:
        """Return the settings of this job's plugin, which declared *model*."""
        return model.model_validate(await self.window.ask("settings"))

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that commits only while this attempt holds the run.

        Raises `LeaseLost` at its end otherwise, and nothing in it has happened.
        """
        async with self.database.transaction() as db:
            guard.watch(db)
            yield db
            await db.flush()
            # Last, so that a cancel waits for this statement and not for the whole transaction.
            held = await db.scalar(
                select(Run.id).where(holds(self.lease)).with_for_update(read=True)
            )
            if held is None:
                raise LeaseLost("another attempt has taken over; this transaction is undone")

    def record(self, db: AsyncSession, event: Event) -> None:
        """Say what happened: the audit row rides in the transaction of *db*."""
        source = Source(self.actor, self.plugin, str(self.run_id), self.run_id)
        self.recorder.record(db, event, source)

    async def mark(
        self,
        key: str,
        data: dict[str, Any],  # JSON
        *,
        db: AsyncSession | None = None,
    ) -> None:
        """Keep a point to go on from; with *db* it is kept exactly when that transaction is."""
        if db is None:
            async with self.transaction() as own:
                return await self.mark(key, data, db=own)
        row = insert(Mark).values(run_id=self.lease.run_id, key=key, data=data)
        keys = ["run_id", "key"]
        await db.execute(row.on_conflict_do_update(index_elements=keys, set_={"data": data}))
        return None

    async def marked(self, key: str) -> dict[str, Any] | None:  # JSON
        """Return what an earlier attempt, or this one, marked under *key*."""
        async with self.database.reading() as db:
            found: dict[str, Any] | None = await db.scalar(
                select(Mark.data).where(Mark.run_id == self.lease.run_id, Mark.key == key)
            )
        return found

    async def artefact(
        self, name: str, data: bytes, *, media_type: str = "application/octet-stream"
    ) -> UUID:
        """Leave a file of at most 1 MB behind; a second one of the same name replaces it."""
        if len(data) > MOST_ARTEFACT:
            raise ValueError(f"the artefact {name} has {len(data)} bytes; 1 MB is the most")
        content = {
            "media_type": media_type,
            "size": len(data),
            "sha256": hashlib.sha256(data).digest(),
            "data": data,
        }
        mine = {"run_id": self.lease.run_id, "attempt": self.lease.attempt, "name": name}
        row = insert(Artefact).values(**mine, **content)
        async with self.transaction() as db:
            put = row.on_conflict_do_update(index_elements=[*mine], set_=content)
            id_: UUID = (await db.execute(put.returning(Artefact.id))).scalar_one()
        return id_
