"""The life of a key of the vault: made, activated, and retired once no value needs it.

Each step holds the same advisory lock, so two operators cannot take half a step each.
"""

import base64
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Table, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.events import Event, EventType, Target
from foundation.auth import key_events
from foundation.auth.keys import KEYS_LOCK
from foundation.auth.models import Key
from foundation.auth.processes import alive
from foundation.crypto.check import KeyRow, check_row
from foundation.crypto.keyfile import KID, Keys
from foundation.crypto.ring import KeyRing
from foundation.db.sealed import sealed_tables
from foundation.errors import Conflict, NotFound

Record = Callable[[AsyncSession, Event], None]
"""Puts an event into the transaction of a session."""

KEY_BYTES = 32


class KeyRefused(Conflict):
    """A step in a key's life cannot be taken now; the text says what comes first."""

    code, title = "key_refused", "This step cannot be taken now"


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: *line* goes into the ring's file and is nowhere kept."""

    kid: str
    fingerprint: str
    line: str

    def __repr__(self) -> str:
        return f"NewKey(kid={self.kid!r}, fingerprint={self.fingerprint!r})"


@dataclass(frozen=True, slots=True)
class KeyStatus:
    """A key as people may see it: never a byte of it."""

    kid: str
    fingerprint: str
    state: str
    values: int
    created_at: datetime
    activated_at: datetime | None
    retired_at: datetime | None


async def new_key(db: AsyncSession, kid: str, *, deployment: UUID, record: Record) -> NewKey:
    """Make a key, pending until every process has it; raises `KeyRefused` for a bad or used id."""
    await _lock(db)
    if not KID.fullmatch(kid) or kid == "active":
        raise KeyRefused("a kid is 1 to 32 of a-z, 0-9, _ and -, and not the word active")
    if await db.get(Key, kid):
        raise KeyRefused(f"there is a key {kid} already; ids are never used twice")
    raw = os.urandom(KEY_BYTES)
    row = check_row(KeyRing(Keys({kid: raw}, kid), deployment=deployment), kid)
    await db.execute(insert(Key).values(**_columns(row), state="pending"))
    record(db, _event(key_events.CREATED, kid, row.fingerprint))
    return NewKey(kid, row.fingerprint, f"{kid} {base64.b64encode(raw).decode()}")


async def activate(db: AsyncSession, kid: str, *, record: Record) -> None:
    """Let *kid* write; raises `KeyRefused` until every process that is alive has it."""
    await _lock(db)
    row = await _existing(db, kid)
    if row.state == "active":
        return
    if row.state == "retired":
        raise KeyRefused(f"the key {kid} is retired; make a new one")
    living = await alive(db)
    without = [process.name for process in living if kid not in process.kids]
    if without:
        raise KeyRefused(
            f"these processes do not have the key {kid} yet: {', '.join(without)}; "
            "put its line into the ring's file and roll"
        )
    if not living:
        raise KeyRefused("no process is alive to tell that it has the key; start Foundation first")
    await db.execute(update(Key).where(Key.state == "active").values(state="superseded"))
    await db.execute(
        update(Key).where(Key.kid == kid).values(state="active", activated_at=func.now())
    )
    record(db, _event(key_events.ACTIVATED, kid, row.fingerprint))


async def retire(db: AsyncSession, kid: str, *, tables: Sequence[Table], record: Record) -> None:
    """Retire *kid*; raises `KeyRefused` while it writes, or while any row names it."""
    await _lock(db)
    row = await _existing(db, kid)
    if row.state == "retired":
        return
    if row.state == "active":
        raise KeyRefused(f"the key {kid} writes; activate another first")
    writing = [process.name for process in await alive(db) if process.active == kid]
    if writing:
        raise KeyRefused(f"these processes still write with {kid}: {', '.join(writing)}")
    for table, count in (await _named(db, tables, kid)).items():
        raise KeyRefused(
            f"{count} values in {table} still need the key {kid}; run: foundation keys rewrap"
        )
    await db.execute(
        update(Key).where(Key.kid == kid).values(state="retired", retired_at=func.now())
    )
    record(db, _event(key_events.RETIRED, kid, row.fingerprint))


async def key_status(db: AsyncSession, tables: Sequence[Table]) -> list[KeyStatus]:
    """Return every key the database knows, oldest first, with how many values lie under it."""
    rows = (await db.execute(select(Key).order_by(Key.created_at, Key.kid))).scalars().all()
    return [
        KeyStatus(
            kid=row.kid,
            fingerprint=row.fingerprint,
            state=row.state,
            values=sum((await _named(db, tables, row.kid)).values()),
            created_at=row.created_at,
            activated_at=row.activated_at,
            retired_at=row.retired_at,
        )
        for row in rows
    ]


async def _named(db: AsyncSession, tables: Sequence[Table], kid: str) -> dict[str, int]:
    """Return how many rows of each table name *kid*; tables without such rows are left out."""
    found = {}
    for table in sealed_tables(tables):
        named = select(func.count()).select_from(table).where(table.c.kid == kid)
        count = (await db.execute(named)).scalar_one()
        if count:
            found[table.key] = count
    return found


async def _existing(db: AsyncSession, kid: str) -> Key:
    row = await db.get(Key, kid)
    if row is None:
        raise NotFound(f"the database knows no key {kid}")
    return row


async def _lock(db: AsyncSession) -> None:
    await db.execute(select(func.pg_advisory_xact_lock(KEYS_LOCK)))


def _columns(row: KeyRow) -> dict[str, object]:
    return {
        "kid": row.kid,
        "fingerprint": row.fingerprint,
        "check_nonce": row.check_nonce,
        "check_ct": row.check_ct,
    }


def _event(type_: EventType, kid: str, fingerprint: str) -> Event:
    return type_(Target("key", kid, kid), fingerprint=fingerprint)
