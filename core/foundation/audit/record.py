"""The recorder: turns an event into a row that rides in the caller's transaction."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.audit import redact
from foundation.audit.actor import Source
from foundation.audit.events import Event, EventType
from foundation.audit.mac import Macs, carried
from foundation.audit.models import ROW
from foundation.audit.proof.leaf import detail_hash, leaf_of
from foundation.audit.row import envelope_of, erasable_of
from foundation.clock import Clock
from foundation.db.riding import ride

MAX_EVENTS = 1_000
"""Events in one transaction; beyond it one event with a count says more."""

FORMAT = 1
"""How a row is hashed; a row of format 0 is older than the tree."""

_Row = dict[str, Any]  # of any type
_COUNT, _LEAVES = "foundation_events", "foundation_leaves"
_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that rides in a transaction; with *sync* its proof is waited for after it."""

    id: UUID
    leaf: bytes
    sync: bool

    def receipt(self) -> str:
        """Return what is logged once it is committed, out of the database's reach."""
        return f"{self.id}:{self.leaf.hex()}"


@dataclass(frozen=True, slots=True)
class Recorder:
    """Knows every declared type of event; built once at start.

    Without *macs* it seals with those that the session carries; a row without a seal is told by
    the sealer.
    """

    types: Mapping[str, EventType]
    clock: Clock
    app_version: str
    macs: Macs | None = None
    writer: str = ""

    def record(self, db: AsyncSession, event: Event, source: Source) -> UUID:
        """Add the row of *event* to the transaction of *db*: kept with it, undone with it.

        Returns its id. Raises `ValueError`, before anything is written, for a type that is not
        declared, a kind of target the type does not name, a detail that cannot be kept
        (`redact.kept`), and more than `MAX_EVENTS` in one transaction.
        """
        self._check(event)
        plugins = db.info.setdefault(_COUNT, [])
        if len(plugins) >= MAX_EVENTS:
            raise ValueError(f"over {MAX_EVENTS} events in one transaction: record a count")
        row = self._row(event, source, self.macs or carried(db))
        ride(db, ROW, row)
        plugins.append(event.type.plugin)
        id: UUID = row["event_id"]
        told = Recorded(id, row["leaf_hash"], sync=event.type.sync)
        db.info.setdefault(_LEAVES, []).append(told)
        return id

    def _check(self, event: Event) -> None:
        type_ = event.type
        if self.types.get(type_.name) != type_:
            raise ValueError(f"{type_.name} is not among the declared audit events")
        if event.target is not None and type_.targets and event.target.type not in type_.targets:
            raise ValueError(f"{type_.name} is about {type_.targets}, not {event.target.type!r}")

    def _row(self, event: Event, source: Source, macs: Macs | None) -> _Row:
        columns = self._columns(event, source, macs.finding_key if macs else b"")
        salt = os.urandom(_SALT_BYTES)
        hash = detail_hash(salt, erasable_of(columns))
        leaf = leaf_of(envelope_of(columns), hash)
        return columns | {
            "detail_salt": salt,
            "detail_hash": hash,
            "leaf_hash": leaf,
            "mac": macs.seal(leaf) if macs else None,
            "mac_key_id": macs.active if macs else None,
        }

    def _columns(self, event: Event, source: Source, key: bytes) -> _Row:
        actor, target = source.actor, event.target
        return {
            "format": FORMAT,
            "event_id": ids.uuid7(),
            "occurred_at": self.clock.now(),
            "type": event.type.name,
            "type_version": event.type.version,
            "plugin": event.type.plugin,
            "severity": event.type.severity,
            "actor_type": actor.type,
            "actor_id": actor.id,
            "actor_name": redact.text(actor.name, limit=200),
            "session_ref": actor.session,
            "target_type": target.type if target else None,
            "target_id": redact.text(target.id, limit=200) if target else None,
            "target_title": redact.text(target.title, limit=200) if target else None,
            "project_id": event.project_id,
            "outcome": event.outcome,
            "reason": redact.text(event.reason) if event.reason is not None else None,
            "request_id": source.request_id,
            "run_id": source.run_id,
            "app_version": self.app_version,
            "writer_id": self.writer,
            "detail": redact.kept(event.detail, key=key),
        }


def declared(types: Iterable[EventType]) -> Mapping[str, EventType]:
    """Return the types by name; raises `ValueError` for a name declared twice."""
    found: dict[str, EventType] = {}
    for type_ in types:
        if type_.name in found:
            raise ValueError(f"the audit event {type_.name} is declared twice")
        found[type_.name] = type_
    return found


def leaves_of(db: AsyncSession) -> tuple[Recorded, ...]:
    """Return what was recorded in the transaction of *db*, each with its leaf."""
    return tuple(db.info.get(_LEAVES, ()))


def recorded(db: AsyncSession) -> tuple[str, ...]:
    """Return, for each event recorded in the transaction of *db*, the plugin that declares it."""
    return tuple(db.info.get(_COUNT, ()))
