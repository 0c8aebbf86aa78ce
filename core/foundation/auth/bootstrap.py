"""The first admin's code: made on the host, good once, for an hour, and only while there is none.

Never "the first to sign in": that is whoever finds the address first.
"""

import base64
import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from foundation.auth import repository
from foundation.auth.models import BootstrapCode
from foundation.auth.permissions import Role

LIFE = timedelta(minutes=60)
CODE_BYTES = 16


def new_code() -> str:
    """Return a fresh code: 128 bits, in groups that a person can read out."""
    letters = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().rstrip("=")
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def hash_of_code(code: str) -> bytes:
    """Return what is kept of a code; case, spaces and dashes do not count."""
    plain = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(plain.encode()).digest()


async def issue(db: AsyncSession) -> str | None:
    """Make a code, which voids any before it; None when there is an admin already."""
    await repository.lock_admins(db)
    if await repository.other_admins(db) > 0:
        return None
    code = new_code()
    await db.execute(delete(BootstrapCode).where(BootstrapCode.used_at.is_(None)))
    await db.execute(
        insert(BootstrapCode).values(code_hash=hash_of_code(code), expires_at=func.now() + LIFE)
    )
    return code


async def is_open(db: AsyncSession) -> bool:
    """Tell whether somebody could become the first admin now."""
    found = await db.execute(select(BootstrapCode.code_hash).where(*_good()).limit(1))
    return found.first() is not None and await repository.other_admins(db) == 0


async def redeem(db: AsyncSession, user_id: UUID, code: str) -> bool:
    """Make a user the first admin by *code*; False, and nothing done, for whatever is wrong."""
    await repository.lock_admins(db)
    if await repository.other_admins(db) > 0:
        return False
    mine = select(BootstrapCode.code_hash).where(
        BootstrapCode.code_hash == hash_of_code(code), *_good()
    )
    if (await db.execute(mine.with_for_update())).first() is None:
        return False
    await db.execute(
        update(BootstrapCode)
        .where(BootstrapCode.code_hash == hash_of_code(code))
        .values(used_at=func.now(), used_by=user_id)
    )
    await repository.replace_local_role(db, user_id, role=Role.ADMIN, by=None)
    return True


def _good() -> tuple[ColumnElement[bool], ...]:
    return (BootstrapCode.used_at.is_(None), BootstrapCode.expires_at > func.now())
