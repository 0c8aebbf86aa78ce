"""The vault's ring at start: compared with what the database knows of its keys, or sealed."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import Key
from foundation.auth.repository import deployment_id
from foundation.crypto.check import KeyRow, Verdict, examine
from foundation.crypto.ring import KeyRing
from foundation.db.sealed import holds_sealed

KEYS_LOCK = 0x666E_645F_6B65_79  # "fnd_key"


async def open_ring(db: AsyncSession, path: Path | None, *, tables: Iterable[Table]) -> KeyRing:
    """Read the ring at *path* and return it, sealed with a reason unless it is the right one.

    *tables* are all tables of all plugins; those with a column ``wdek`` hold sealed values. Keys
    that the database meets for the first time are noted in the transaction of *db*. A lock keeps
    three workers that start at once from noting one key three times.
    """
    await db.execute(select(func.pg_advisory_xact_lock(KEYS_LOCK)))
    ring = KeyRing.load(path, deployment=await deployment_id(db))
    known = await known_keys(db)
    verdict = examine(ring, known=known, used=await used_kids(db, tables))
    writes = await active_kid(db)
    await _note(db, verdict, active=writes or verdict.ring.active)
    if writes:  # the file's active line says which key is the first; from then on the table does
        verdict.ring.activate(writes)
    return verdict.ring


async def active_kid(db: AsyncSession) -> str | None:
    """Return the id of the key that writes, or None before there is one."""
    found = select(Key.kid).where(Key.state == "active").order_by(Key.activated_at.desc())
    return (await db.execute(found.limit(1))).scalar()


async def known_keys(db: AsyncSession) -> list[KeyRow]:
    """Return every key the database knows, retired ones too."""
    rows = (await db.execute(select(Key))).scalars()
    return [
        KeyRow(
            row.kid,
            row.fingerprint,
            row.check_nonce,
            row.check_ct,
            retired=row.state == "retired",
            pending=row.state == "pending",
        )
        for row in rows
    ]


async def used_kids(db: AsyncSession, tables: Iterable[Table]) -> set[str]:
    """Return the ids of the keys that sealed rows name; a shredded row names none."""
    used: set[str] = set()
    for table in tables:
        if holds_sealed(table):
            used.update((await db.execute(select(table.c.kid).distinct())).scalars())
    return used - {""}


async def _note(db: AsyncSession, verdict: Verdict, *, active: str) -> None:
    for row in verdict.new:
        is_active = row.kid == active
        await db.execute(
            insert(Key).values(
                kid=row.kid,
                fingerprint=row.fingerprint,
                check_nonce=row.check_nonce,
                check_ct=row.check_ct,
                state="active" if is_active else "pending",
                activated_at=func.now() if is_active else None,
            )
        )
