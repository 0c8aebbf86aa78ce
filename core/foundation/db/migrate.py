"""Migrations: core first, then each plugin, one at a time and each in its own transaction."""

import asyncio
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.schema import CreateSchema, DropSchema

from foundation.db.address import direct_engine
from foundation.db.faults import in_words, sqlstate
from foundation.db.history import ENVIRONMENT, BadHistory, History, Owner, config_for, read_history
from foundation.db.model import CORE, CoreBase
from foundation.db.standing import Standing, compare, judge, read_recorded
from foundation.db.step import Step
from foundation.db.steps import note_steps
from foundation.secret import Secret

__all__ = ["Locked", "Outcome", "Owner", "core_owner", "status", "upgrade"]

LOCK = (0x464E44, 1)
"""The advisory lock of whoever migrates: "FND", and a number for the purpose."""

# An empty search path makes an unqualified name fail, instead of landing in `public`.
SERVER = {"search_path": "", "lock_timeout": "2000", "statement_timeout": "0", "timezone": "UTC"}
TRIES = 5
LOCK_NOT_AVAILABLE = "55P03"

Say = Callable[[str], None]


class Locked(Exception):
    """Another migration ran for all of the time we were ready to wait."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one owner: *applied* counts the revisions run, *reason* is for people."""

    owner: str
    state: Literal["upgraded", "current", "newer", "failed", "skipped"]
    revision: str | None = None
    applied: int = 0
    reason: str = ""
    fault: BaseException | None = None

    @property
    def ok(self) -> bool:
        """Whether the owner's tables fit its code now."""
        return self.state in {"upgraded", "current", "newer"}


def core_owner() -> Owner:
    """Return core itself as an owner of tables."""
    return Owner(CORE, CoreBase.metadata, ENVIRONMENT / "versions")


async def upgrade(
    url: Secret, owners: Sequence[Owner], *, say: Say, patience: float = 60.0
) -> tuple[Outcome, ...]:
    """Bring core and then *owners*, in their order, to their newest revision.

    A failed owner is rolled back, those that require it are skipped, the rest go on. Waits up
    to *patience* seconds for another migration, then raises `Locked`. Raises `Unreachable`.
    """
    engine = direct_engine(url, application_name="foundation/migrate", server=SERVER)
    async with engine.connect() as connection:
        await take_lock(connection, say=say, patience=patience)
        outcomes: dict[str, Outcome] = {}
        for owner in with_core(owners):
            outcomes[owner.id] = await _upgrade_in_turn(connection, owner, outcomes, say=say)
    return tuple(outcomes.values())


async def status(url: Secret, owners: Sequence[Owner]) -> tuple[Standing, ...]:
    """Return how the tables of core and *owners* stand; raises `Unreachable`."""
    engine = direct_engine(url, application_name="foundation/status", server=SERVER)
    async with engine.connect() as connection, connection.begin():
        return await compare(connection, with_core(owners))


def with_core(owners: Sequence[Owner]) -> list[Owner]:
    """Return *owners* with core before them all."""
    others = [owner for owner in owners if owner.id != CORE]
    return [core_owner(), *others]


def with_needs(owners: Sequence[Owner], ids: Collection[str]) -> list[Owner]:
    """Return those of *owners* whose id is one of *ids*, and all that these require, in order."""
    wanted = set(ids)
    for owner in reversed(owners):  # whoever is required comes before
        if owner.id in wanted:
            wanted |= set(owner.requires)
    return [owner for owner in owners if owner.id in wanted]


async def take_lock(connection: AsyncConnection, *, say: Say, patience: float) -> None:
    """Take the lock for as long as the connection lives: a transaction's would fall too early."""
    deadline = time.monotonic() + patience
    told = False
    while not await _one(connection, "SELECT pg_try_advisory_lock(:a, :b)"):
        holder = await _one(connection, _HOLDER) or "another process"
        if time.monotonic() >= deadline:
            raise Locked(f"{holder} is migrating this database, for over {patience:g} s; try later")
        if not told:
            say(f"waiting for {holder}, which is migrating this database")
            told = True
        await asyncio.sleep(0.2)


_HOLDER = """
    SELECT format('%s (process %s on the server)', nullif(a.application_name, ''), a.pid)
    FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.classid = :a AND l.objid = :b AND l.granted
      AND a.datname = current_database()
"""

_MINE = """
    SELECT count(*) FROM pg_catalog.pg_locks
    WHERE locktype = 'advisory' AND classid = :a AND objid = :b AND granted
      AND pid = pg_backend_pid()
"""


async def _one(connection: AsyncConnection, sql: str) -> object:
    async with connection.begin():
        return await connection.scalar(text(sql), {"a": LOCK[0], "b": LOCK[1]})


async def _upgrade_in_turn(
    connection: AsyncConnection, owner: Owner, done: dict[str, Outcome], *, say: Say
) -> Outcome:
    # A lost connection is replaced in silence; the lock is not.
    if not await _one(connection, _MINE):
        return Outcome(owner.id, "skipped", reason="the connection was lost, and with it the lock")
    missing = [need for need in (CORE, *owner.requires) if need in done and not done[need].ok]
    if missing:
        return Outcome(owner.id, "skipped", reason=f"it needs {missing[0]}, which was not migrated")
    try:
        return await _upgrade_one(connection, read_history(owner), say=say)
    except BadHistory as bad:
        return Outcome(owner.id, "failed", reason=str(bad), fault=bad)


async def _upgrade_one(connection: AsyncConnection, history: History, *, say: Say) -> Outcome:
    owner = history.owner
    async with connection.begin():
        standing = judge(history, (await read_recorded(connection)).get(owner.id))
    if standing.ok:
        if standing.state == "current":
            async with connection.begin():
                await connection.run_sync(note_steps, owner)
        return Outcome(
            owner.id, "newer" if standing.state == "newer" else "current", standing.revision
        )
    if standing.state == "incompatible":
        return Outcome(owner.id, "failed", standing.revision, reason=standing.reason)
    for attempt in range(1, TRIES + 1):
        try:
            await _run(connection, history)
        except Exception as fault:  # noqa: BLE001  # a revision is foreign code
            if sqlstate(fault) == LOCK_NOT_AVAILABLE and attempt < TRIES:
                say(f"{owner.id}: a table is in use; trying again ({attempt} of {TRIES - 1})")
                await asyncio.sleep(attempt)
                continue
            return Outcome(
                owner.id, "failed", standing.revision, reason=in_words(fault), fault=fault
            )
        break
    say(f"{owner.id}: {_count(standing.pending)} applied, now at {history.head}")
    return Outcome(owner.id, "upgraded", history.head, standing.pending)


async def _run(connection: AsyncConnection, history: History) -> None:
    """Run all that is pending in one transaction, which Alembic opens; make the schema before."""
    owner = history.owner.id
    async with connection.begin():
        made = (
            await connection.scalar(text("SELECT to_regnamespace(:name)::text"), {"name": owner})
            is None
        )
        if made:
            await connection.execute(CreateSchema(owner))
    try:
        await connection.run_sync(_alembic, history)
    except BaseException:
        if made and not connection.invalidated:
            async with connection.begin():
                await connection.execute(DropSchema(owner))
        raise


def _alembic(connection: Connection, history: History) -> None:
    config = config_for(history.owner)
    config.attributes["step"] = Step(history.owner, connection, history)
    command.upgrade(config, "head")


def _count(revisions: int) -> str:
    return "1 revision" if revisions == 1 else f"{revisions} revisions"
