"""Obeying the provider's logout: once for each token, and all of it in one transaction."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.models import Session, SpentLogout, User
from foundation.auth.person import Notice
from foundation.auth.repository import SessionEnded
from foundation.auth.sessions import Sessions

REMEMBERED = timedelta(minutes=15)
"""Longer than a logout token counts: five minutes of age and the leeway of two clocks."""


async def sign_out(db: AsyncSession, sessions: Sessions, notice: Notice) -> Sequence[SessionEnded]:
    """End the sessions that *notice* is about and return them.

    The ``jti`` is written in the transaction that ends them: before it, a retry after a failure
    would be lost; never, a replay would work. A replay ends nothing.
    """
    spent = SpentLogout
    await db.execute(delete(spent).where(spent.expires_at < func.now()))
    written = await db.execute(
        insert(spent)
        .values(jti_hash=_hash(notice), expires_at=func.now() + REMEMBERED)
        .on_conflict_do_nothing()
        .returning(spent.jti_hash)
    )
    if written.first() is None:
        return []
    ended: list[SessionEnded] = []
    if notice.sid is not None:
        ended = await sessions.end_where(
            db, Session.issuer == notice.issuer, Session.idp_sid == notice.sid, reason="provider"
        )
    if ended or notice.subject is None:
        return ended
    # By issuer and subject, never by a name: a subject may equal somebody else's e-mail.
    whose = select(User.id).where(User.issuer == notice.issuer, User.subject == notice.subject)
    return await sessions.end_where(db, Session.user_id.in_(whose), reason="provider")


def _hash(notice: Notice) -> bytes:
    return hashlib.sha256(f"{notice.issuer}\0{notice.jti}".encode()).digest()
