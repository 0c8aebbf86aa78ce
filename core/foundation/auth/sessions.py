"""Sessions: PostgreSQL is the authority, the cache saves it a query, the cookie is only a name."""

import hashlib
import ipaddress
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import ColumnElement

from foundation import ids
from foundation.auth import repository
from foundation.auth.entry import LEASE, UNKNOWN_LEASE, Entry, Session
from foundation.auth.lifetimes import MOST_SESSIONS, Moments, ends_at, lifetime_of
from foundation.auth.models import Session as SessionRow
from foundation.auth.principal import FormerSession
from foundation.auth.repository import TOUCH, SessionEnded, SessionFound
from foundation.auth.session_cache import SessionCache
from foundation.auth.strength import NO_PROOF, Proof
from foundation.cache import Cache
from foundation.clock import Clock
from foundation.crypto.cookie import NoteBroken, open_under_token, seal_under_token
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.db.faults import to_error
from foundation.errors import Unavailable

COOKIE = "__Host-foundation_session"
HINT = "foundation/logout-hint/v1"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")

Reading = Callable[[], AbstractAsyncContextManager[AsyncSession]]
"""Opens a database session that reads: ``database.reading``."""


def hash_of(token: str) -> bytes:
    """Return what is kept of a cookie's value: its SHA-256, in both stores."""
    return hashlib.sha256(token.encode()).digest()


class Sessions:
    """Finds, starts and ends sessions; one object for each process."""

    def __init__(
        self,
        *,
        database: Database,
        cache: Cache,
        secret: AppSecret,
        deployment: UUID,
        clock: Clock,
    ) -> None:
        self._database = database
        self._deployment = deployment
        self._clock = clock
        self.cache = SessionCache(cache, secret=secret, clock=clock)

    async def find(self, reading: Reading, token: str, *, address: str = "") -> Session | None:
        """Return the living session of a cookie's value, or None for anything else."""
        found = await self.look(reading, token, address=address)
        return found if isinstance(found, Session) else None

    async def look(
        self, reading: Reading, token: str, *, address: str = "", counts: bool = True
    ) -> Session | FormerSession | None:
        """Return the session of a cookie's value, or the ended one that it was the name of.

        An ended one is told apart from an unknown one only when the table was asked. What does
        not *count* as use asks the database and leaves no trace.
        """
        if not _TOKEN.fullmatch(token):
            return None
        token_hash = hash_of(token)
        entry, may_keep = await self.cache.get(token_hash) if counts else (None, False)
        if entry is None:
            async with reading() as db:
                found = await repository.find_session(db, token_hash)
            entry = self._judge(found)
            if may_keep:
                await self.cache.keep(token_hash, entry)
            if found is not None and found.ended is not None:
                return FormerSession(found.public_id, found.user_id, found.name, found.ended)
            # Only what lives is in use: a note on what was idle too long would revive it.
            lives = found if entry.session is not None else None
            if counts and lives is not None and lives.now - lives.last_seen_at > TOUCH:
                await self.touch(
                    partial(
                        repository.touch_session, token_hash=token_hash, address=readable(address)
                    )
                )
        return entry.session

    async def start(
        self,
        db: AsyncSession,
        *,
        user_id: UUID,
        issuer: str,
        sid: str | None,
        auth_time: datetime,
        roles: Sequence[str],
        address: str,
        browser: str,
        id_token: str,
        proof: Proof = NO_PROOF,
        life: timedelta | None = None,
    ) -> tuple[str, Session]:
        """Start a session in the transaction of *db*; return the cookie's value and the session.

        *life* is for a shorter one than the roles would give.
        """
        token, public_id, limit = ids.token(), ids.uuid7(), lifetime_of(roles)
        sealed = seal_under_token(
            token, id_token.encode(), deployment=self._deployment, purpose=HINT
        )
        expires_at = await repository.insert_session(
            db,
            absolute=life or limit.absolute,
            token_hash=hash_of(token),
            public_id=public_id,
            user_id=user_id,
            issuer=issuer,
            idp_sid=sid,
            auth_time=auth_time,
            idle_seconds=int(limit.idle.total_seconds()),
            ip_first=readable(address),
            ip_last=readable(address),
            ua=browser[:400],
            id_token_sealed=sealed,
            **proof.columns(),
        )
        return token, Session(
            public_id=public_id,
            user_id=user_id,
            name="",
            email="",
            kind="user",
            roles=tuple(roles),
            auth_time=auth_time,
            expires_at=expires_at,
            last_seen_at=self._clock.now(),
        )

    async def end(
        self, db: AsyncSession, token: str, *, reason: str, by: UUID | None = None
    ) -> SessionEnded | None:
        """End the session of a cookie's value, if it lives."""
        which = SessionRow.token_hash == hash_of(token)
        ended = await self.end_where(db, which, reason=reason, by=by)
        return ended[0] if ended else None

    async def end_where(
        self, db: AsyncSession, *which: ColumnElement[bool], reason: str, by: UUID | None = None
    ) -> list[SessionEnded]:
        """End every living session that matches *which*."""
        ended = await repository.end_sessions(db, *which, reason=reason, by=by)
        self.cache.reread_after_commit(db, [one.token_hash for one in ended])
        return ended

    async def end_all(
        self, db: AsyncSession, user_id: UUID, *, reason: str, by: UUID | None
    ) -> list[SessionEnded]:
        """End every session of a user."""
        return await self.end_where(db, SessionRow.user_id == user_id, reason=reason, by=by)

    async def end_surplus(self, db: AsyncSession, user_id: UUID) -> list[SessionEnded]:
        """End the oldest sessions of a user beyond ten."""
        which = repository.beyond_newest(user_id, keep=MOST_SESSIONS)
        return await self.end_where(db, which, reason="too_many")

    async def reread(self, db: AsyncSession, user_id: UUID) -> None:
        """Make every worker read this user's rights anew once *db* has committed."""
        self.cache.reread_after_commit(db, await repository.living_hashes(db, user_id))

    def hint(self, token: str, ended: SessionEnded) -> str | None:
        """Return the ID token that was sealed under the cookie's value, for the provider."""
        try:
            return open_under_token(
                token, ended.id_token_sealed or b"", deployment=self._deployment, purpose=HINT
            ).decode()
        except NoteBroken:
            return None

    def _judge(self, found: SessionFound | None) -> Entry:
        """Decide by the database's clock whether a session lives, and how long that counts."""
        now, unknown = self._clock.now(), UNKNOWN_LEASE.total_seconds()
        if found is None or found.ended is not None:
            return Entry(checked_at=now, lease_s=unknown, session=None)
        idle = timedelta(seconds=found.idle_seconds)
        moments = Moments(found.auth_time, found.expires_at, found.last_seen_at, idle)
        left = ends_at(moments, roles=found.roles) - found.now
        if left <= timedelta(0):
            return Entry(checked_at=now, lease_s=unknown, session=None)
        fields = Session.model_fields
        session = Session.model_validate({name: getattr(found, name) for name in fields})
        return Entry(checked_at=now, lease_s=min(left, LEASE).total_seconds(), session=session)

    async def touch(self, note: Callable[[AsyncSession], Awaitable[None]]) -> None:
        """Do *note*, that something was used, in a transaction of its own; it may be missed."""
        try:
            async with self._database.transaction() as db:
                await note(db)
        except SQLAlchemyError as fault:
            # A missed touch costs five idle minutes, a refused request costs the request.
            if not isinstance(to_error(fault), Unavailable):
                raise


def readable(address: str) -> str:
    """Return *address* as PostgreSQL's inet takes it; anything else is the unspecified one."""
    try:
        return str(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return "0.0.0.0"  # noqa: S104  # it is written down, nothing listens on it
