"""The vault's ring at start: compared with what the database knows of its keys, or sealed."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Table, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import Key
from foundation.auth.repository import deployment_id
from foundation.crypto.check import KeyRow, Verdict, examine
from foundation.crypto.ring import KeyRing

KEYS_LOCK = 0x666E_645F_6B65_79  # "fnd_key"


async def open_ring(db: AsyncSession, path: Path | None, *, tables: Iterable[Table]) -> KeyRing:
    """Read the ring at *path* and return it, sealed with a reason unless it is the right one.

    *tables* are all tables of all plugins; those with a column ``wdek`` hold sealed values. Keys
    that the database meets for the first time are noted in the transaction of *db*. A lock keeps
    three workers that start at once from noting one key three times.
    """
    await db.execute(select(func.pg_advisory_xact_lock(KEYS_LOCK)))
    ring = KeyRing.load(path, deployment=await deployment_id(db))
    verdict = examine(ring, known=await _known(db), used=await _used(db, tables))
    await _note(db, verdict)
    return verdict.ring


async def _known(db: AsyncSession) -> list[KeyRow]:
    rows = (await db.execute(select(Key))).scalars()
    return [
        KeyRow(row.kid, row.fingerprint, row.check_nonce, row.check_ct, row.state == "retired")
        for row in rows
    ]


async def _used(db: AsyncSession, tables: Iterable[Table]) -> set[str]:
    used: set[str] = set()
    for table in tables:
        if "wdek" in table.c and "kid" in table.c:
            used.update((await db.execute(select(table.c.kid).distinct())).scalars())
    return used


async def _note(db: AsyncSession, verdict: Verdict) -> None:
    for row in verdict.new:
        is_active = row.kid == verdict.ring.active
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
