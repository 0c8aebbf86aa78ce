"""All SQL of people, roles and sessions: it asks and writes, and decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.sql import ColumnElement

from foundation.auth.models import Deployment, Session, User, UserRole
from foundation.auth.permissions import Role
from foundation.auth.rights import custom_grants, role_names

ADMINS_LOCK = 0x666E_645F_6164_6D  # "fnd_adm"
TOUCH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SessionFound:
    """A session, its person, and the database's time; *ended* says why it has, or is None."""

    public_id: UUID
    user_id: UUID
    auth_time: datetime
    expires_at: datetime
    last_seen_at: datetime
    idle_seconds: int
    name: str
    email: str
    kind: str
    roles: Sequence[str]
    grants: Sequence[str]
    ended: str | None
    now: datetime


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """A session that was just ended."""

    token_hash: bytes
    public_id: UUID
    user_id: UUID
    id_token_sealed: bytes | None
    reason: str


async def deployment_id(db: AsyncSession) -> UUID:
    """Return the id of this deployment."""
    return (await db.execute(select(Deployment.id))).scalar_one()


async def find_session(db: AsyncSession, token_hash: bytes) -> SessionFound | None:
    """Return the session of *token_hash*, the ended one too: its use is worth an event."""
    found = await db.execute(
        select(
            Session.public_id,
            Session.user_id,
            Session.auth_time,
            Session.expires_at,
            Session.last_seen_at,
            Session.idle_seconds,
            User.name,
            User.email,
            User.kind,
            role_names(User.id).label("roles"),
            custom_grants(User.id).label("grants"),
            case(
                (Session.ended_at.is_not(None), func.coalesce(Session.end_reason, "ended")),
                (~User.enabled, "disabled"),
            ).label("ended"),
            func.now().label("now"),
        )
        .join(User, User.id == Session.user_id)
        .where(Session.token_hash == token_hash)
    )
    row = found.one_or_none()
    return None if row is None else SessionFound(**row._mapping)  # noqa: SLF001  # by name


async def insert_session(db: AsyncSession, *, absolute: timedelta, **values: object) -> datetime:
    """Insert a session whose life starts now; return when it ends at the latest."""
    made = await db.execute(
        insert(Session)
        .values(expires_at=func.now() + absolute, **values)
        .returning(Session.expires_at)
    )
    return made.scalar_one()


async def end_sessions(
    db: AsyncSession, *which: ColumnElement[bool], reason: str, by: UUID | None
) -> list[SessionEnded]:
    """End all sessions that match *which* and have not ended; return them."""
    living = select(Session.token_hash).where(Session.ended_at.is_(None), *which)
    # Looked for first: an update of no row would still be a change without an event.
    hashes = list((await db.execute(living.with_for_update())).scalars())
    if not hashes:
        return []
    ended = await db.execute(
        update(Session)
        .where(Session.token_hash.in_(hashes))
        .values(ended_at=func.now(), end_reason=reason, ended_by=by)
        .returning(Session.token_hash, Session.public_id, Session.user_id, Session.id_token_sealed)
        .execution_options(synchronize_session=False)
    )
    return [SessionEnded(*row, reason) for row in ended]


def beyond_newest(user_id: UUID, *, keep: int) -> ColumnElement[bool]:
    """Match the sessions of a user that have not ended but the newest *keep*.

    Those whose time is over go first: none that is in use makes room for one that nobody uses.
    """
    newest = (
        select(Session.token_hash)
        .where(Session.user_id == user_id, Session.ended_at.is_(None))
        .order_by(_in_time().desc(), Session.created_at.desc(), Session.public_id.desc())
        .limit(keep)
    )
    return (Session.user_id == user_id) & Session.token_hash.not_in(newest)


def _in_time() -> ColumnElement[bool]:
    """Match sessions that are neither over nor idle for longer than they may be."""
    idle = func.make_interval(0, 0, 0, 0, 0, 0, Session.idle_seconds)
    return (Session.expires_at > func.now()) & (Session.last_seen_at + idle > func.now())


async def living_hashes(db: AsyncSession, user_id: UUID) -> list[bytes]:
    """Return the hashes of a user's sessions that have not ended."""
    found = await db.execute(
        select(Session.token_hash).where(Session.user_id == user_id, Session.ended_at.is_(None))
    )
    return list(found.scalars())


async def touch_session(db: AsyncSession, token_hash: bytes, *, address: str) -> None:
    """Note that a session is in use; at most every five minutes, whoever asks."""
    touched = await db.execute(
        update(Session)
        .where(
            Session.token_hash == token_hash,
            Session.ended_at.is_(None),
            Session.last_seen_at < func.now() - TOUCH,
            _in_time(),
        )
        .values(last_seen_at=func.now(), ip_last=address)
        .returning(Session.user_id)
        .execution_options(synchronize_session=False)
    )
    user_id = touched.scalar_one_or_none()
    if user_id is not None:
        await see_user(db, user_id)


async def see_user(db: AsyncSession, user_id: UUID) -> None:
    """Note that a user was here; nobody changed them, so version and time of change stay."""
    await db.execute(
        update(User)
        .where(User.id == user_id)
        .values(last_seen_at=func.now(), updated_at=User.updated_at)
        .execution_options(synchronize_session=False)
    )


async def find_or_add_user(
    db: AsyncSession, *, id: UUID, issuer: str, subject: str
) -> tuple[User, bool]:
    """Return the user of *issuer* and *subject*, locked, and whether they are new."""
    added = await db.execute(
        upsert(User)
        .values(id=id, issuer=issuer, subject=subject, version=1)
        .on_conflict_do_nothing(index_elements=[User.issuer, User.subject])
        .returning(User.id)
    )
    is_new = added.scalar_one_or_none() is not None
    found = await db.execute(
        select(User).where(User.issuer == issuer, User.subject == subject).with_for_update()
    )
    return found.scalar_one(), is_new


async def find_user(db: AsyncSession, id: UUID) -> User | None:
    """Return a user, or None."""
    return await db.get(User, id)


async def roles_of(db: AsyncSession, user_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return the roles of each of *user_ids*, in order; none for who has none."""
    roles = func.array_agg(aggregate_order_by(UserRole.role, UserRole.role))
    found = await db.execute(
        select(UserRole.user_id, roles)
        .where(UserRole.user_id.in_(user_ids))
        .group_by(UserRole.user_id)
    )
    return {user_id: list(names) for user_id, names in found}


async def grants_of(db: AsyncSession, user_id: UUID) -> list[str]:
    """Return the permissions that a user's custom roles name."""
    found = await db.execute(select(custom_grants(User.id)).where(User.id == user_id))
    return list(found.scalar_one_or_none() or [])


async def replace_local_role(
    db: AsyncSession, user_id: UUID, *, role: str | None, by: UUID | None
) -> None:
    """Give a user *role* here, or none; roles by the provider's groups stay."""
    await db.execute(
        delete(UserRole).where(UserRole.user_id == user_id, UserRole.source == "local")
    )
    if role is not None:
        await db.execute(
            insert(UserRole).values(user_id=user_id, role=role, source="local", granted_by=by)
        )


def mark_changed(user: User) -> None:
    """Make the next flush raise the version: what changed of *user* lies in another table."""
    flag_modified(user, "enabled")


async def lock_admins(db: AsyncSession) -> None:
    """Wait until nobody else changes who is an admin; held until the transaction ends."""
    await db.execute(select(func.pg_advisory_xact_lock(ADMINS_LOCK)))


async def other_admins(db: AsyncSession, *, than: UUID | None = None) -> int:
    """Return how many enabled people are admins, apart from *than*."""
    query = (
        select(func.count(func.distinct(User.id)))
        .join(UserRole, UserRole.user_id == User.id)
        .where(UserRole.role == Role.ADMIN, User.enabled, User.kind == "user")
    )
    if than is not None:
        query = query.where(User.id != than)
    return (await db.execute(query)).scalar_one()
