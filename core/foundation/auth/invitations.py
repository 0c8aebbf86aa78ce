"""Invitations: an admin names an e-mail address, and a link lets in whoever proves to own it.

The link alone is not enough, nor is the address: a newcomer needs both, and the provider has to
say ``email_verified: true``. Only the hash of the link's token is kept.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from foundation import ids
from foundation.auth.models import Invitation
from foundation.auth.person import Person

State = Literal["open", "accepted", "expired", "revoked"]


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was just made; *token* is told once and kept nowhere."""

    invitation: Invitation
    token: str


def hash_of_invitation(token: str) -> bytes:
    """Return what is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).digest()


def state_of(invitation: Invitation, *, now: datetime) -> State:
    """Tell how an invitation stands."""
    if invitation.accepted_at is not None:
        return "accepted"
    if invitation.revoked_at is not None:
        return "revoked"
    return "open" if invitation.expires_at > now else "expired"


async def invite(
    db: AsyncSession, *, email: str, role: str | None, life: timedelta, by: UUID | None
) -> Invited:
    """Make an invitation for *email*."""
    token = ids.token()
    now = (await db.execute(select(func.now()))).scalar_one()
    invitation = Invitation(
        id=ids.uuid7(),
        token_hash=hash_of_invitation(token),
        email=email,
        role=role,
        created_by=by,
        created_at=now,
        expires_at=now + life,
    )
    db.add(invitation)
    await db.flush()
    return Invited(invitation, token)


async def revoke_invitation(db: AsyncSession, id: UUID) -> Invitation | None:
    """Revoke an open invitation; None when there is none of this id that is open."""
    found = await db.execute(select(Invitation).where(Invitation.id == id, *_open()))
    invitation = found.scalar_one_or_none()
    if invitation is not None:
        invitation.revoked_at = func.now()
        await db.flush()
        await db.refresh(invitation)
    return invitation


async def invitation_for(db: AsyncSession, person: Person, *, token_hash: str) -> Invitation | None:
    """Return the open invitation that is for *person*, locked, so that it is accepted once."""
    if not token_hash or person.email_verified is not True or not person.email:
        return None
    found = await db.execute(
        select(Invitation)
        .where(Invitation.token_hash == bytes.fromhex(token_hash), *_open())
        .with_for_update()
    )
    invitation = found.scalar_one_or_none()
    if invitation is None or invitation.email.casefold() != person.email.casefold():
        return None
    return invitation


async def accept(db: AsyncSession, invitation: Invitation, *, user_id: UUID) -> None:
    """Bind *invitation* to the user who came with it."""
    await db.execute(
        update(Invitation)
        .where(Invitation.id == invitation.id)
        .values(accepted_by=user_id, accepted_at=func.now())
        .execution_options(synchronize_session=False)
    )


def _open() -> tuple[ColumnElement[bool], ...]:
    return (
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > func.now(),
    )
