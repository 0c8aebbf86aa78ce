"""Identity: who is asking, and everything that changes who that is. Built once, given to all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache, partial
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.auth import people, repository
from foundation.auth.entry import Session
from foundation.auth.last_admin import guard_rights
from foundation.auth.lifetimes import lifetime_of
from foundation.auth.models import User
from foundation.auth.people import Admitted
from foundation.auth.permissions import Permission, Role
from foundation.auth.person import Notice
from foundation.auth.principal import ANONYMOUS, FRESH, FormerSession, Principal, SessionRef
from foundation.auth.provider import Provider
from foundation.auth.refusal import Refused
from foundation.auth.repository import SessionEnded
from foundation.auth.rights import grants_of_role
from foundation.auth.roles import permissions_of
from foundation.auth.sessions import COOKIE, Reading, Sessions, hash_of, readable
from foundation.auth.signin import Back, Going, SignIn
from foundation.auth.strength import Proof
from foundation.auth.tokens import find_token, touch_token
from foundation.clock import Clock
from foundation.errors import FieldProblem, Forbidden, Invalid
from foundation.settings import Settings
from foundation.telemetry.line import line

LOGIN = "/login"


@dataclass(frozen=True, slots=True)
class Browser:
    """What is known of the browser that asks."""

    cookies: Mapping[str, str]
    address: str = ""
    agent: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A sign-in that worked: the cookie's value, who it is for, and the sessions it ended."""

    token: str
    principal: Principal
    admitted: Admitted
    ended: Sequence[SessionEnded]


class Identity:
    """Everything about who somebody is; its verbs take the caller's transaction."""

    def __init__(
        self,
        settings: Settings,
        *,
        sessions: Sessions,
        signin: SignIn,
        provider: Provider,
        permissions: Sequence[Permission],
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._provider = provider
        self._permissions = tuple(permissions)
        # Asked by each request; there are few sets of roles, and many plugins' permissions.
        self._held = lru_cache(256)(partial(permissions_of, permissions=self._permissions))
        self._clock = clock
        self.sessions = sessions
        self.signin = signin

    async def identify(
        self,
        reading: Reading,
        cookies: Mapping[str, str],
        bearer: str | None = None,
        *,
        counts: bool = True,
    ) -> Principal:
        """Return whoever a request acts for; `ANONYMOUS` for an unknown or ended session.

        For an ended one it says which: *former*. It *counts* as use, unless this is a second look.
        Raises `Unauthenticated` for a bearer that is no living API token.
        """
        address = str(line().get("client", ""))
        if bearer is not None:
            return await self._by_token(reading, bearer, address, counts=counts)
        token = cookies.get(COOKIE)
        if token is None:
            return ANONYMOUS
        found = await self.sessions.look(reading, token, address=address, counts=counts)
        if isinstance(found, FormerSession):
            return replace(ANONYMOUS, former=found)
        return ANONYMOUS if found is None else self._principal(found)

    async def go(
        self,
        *,
        purpose: Literal["sign_in", "step_up"],
        next: str,
        cookies: Mapping[str, str],
        invite: str = "",
    ) -> Going:
        """Start a sign-in, or a step-up of the session in *cookies*; raises `Unavailable`."""
        own = hash_of(cookies.get(COOKIE, "")).hex() if purpose == "step_up" else ""
        return await self.signin.go(
            purpose=purpose, next=next, cookies=cookies, session_hash=own, invite=invite
        )

    async def arrive(
        self, db: AsyncSession, back: Back, *, browser: Browser, principal: Principal
    ) -> Arrived:
        """Let in who came back: end the presented session, start a new one; raises `Refused`.

        A refusal takes back what it wrote, so the caller can record it in the same transaction.
        """
        now = self._clock.now()
        person, token = back.person, browser.cookies.get(COOKIE, "")
        # Without a word of when, the sign-in is as old as one can be that is not fresh any more.
        auth_time = min(person.auth_time or now - FRESH - timedelta(seconds=1), now)
        if back.transaction.purpose == "step_up":
            await self._same_session(db, back, token=token, principal=principal)
        async with db.begin_nested():
            invite_hash = back.transaction.invite_hash
            admitted = await people.admit(
                db, person, settings=self._settings, invite_hash=invite_hash
            )
            if auth_time + lifetime_of(admitted.roles).absolute <= now:
                raise Refused("stale", "the sign-in at the provider is too old for a session")
        return await self._start(db, back, admitted, auth_time=auth_time, browser=browser)

    async def leave(self, db: AsyncSession, cookies: Mapping[str, str]) -> SessionEnded | None:
        """End the session in *cookies*, if it lives."""
        token = cookies.get(COOKIE, "")
        return await self.sessions.end(db, token, reason="signed_out")

    async def goodbye_url(self, cookies: Mapping[str, str], ended: SessionEnded | None) -> str:
        """Return where to go after signing out: to the provider's sign-out where it has one."""
        if ended is None:
            return LOGIN
        url = await self._provider.logout_url(
            id_token=self.sessions.hint(cookies.get(COOKIE, ""), ended),
            back=self._settings.public_origin + LOGIN,
            state=ids.token(16),
        )
        return url or LOGIN

    async def read_logout(self, raw: str) -> Notice:
        """Return whom a provider's logout token signs out; raises `Refused` or `Unavailable`."""
        return await self._provider.read_logout(raw)

    def invitation_link(self, token: str) -> str:
        """Return the link for an invitation; the token is behind the #, so no server logs it."""
        return f"{self._settings.public_origin}{LOGIN}#invite={token}"

    async def give_role(
        self, db: AsyncSession, user: User, *, role: str | None, by: Principal
    ) -> None:
        """Give *user* a role, or none.

        Raises `Forbidden` for oneself and for a role that may more than *by*, `Invalid` for a
        role that does not exist, and `LastAdmin`.
        """
        await self.may_give(db, role, by=by)
        await guard_rights(db, user, by=by, loses_admin=role != Role.ADMIN)
        await repository.replace_local_role(db, user.id, role=role, by=by.id)
        await self.sessions.reread(db, user.id)

    async def set_enabled(
        self, db: AsyncSession, user: User, *, enabled: bool, by: Principal
    ) -> list[SessionEnded]:
        """Let *user* in or out; out ends all their sessions, which are returned.

        Raises `Forbidden` for oneself and `LastAdmin`.
        """
        await guard_rights(db, user, by=by, loses_admin=not enabled)
        user.enabled = enabled
        if enabled:
            return []
        return await self.sessions.end_all(db, user.id, reason="disabled", by=by.id)

    async def may_give(self, db: AsyncSession, role: str | None, *, by: Principal) -> None:
        """Raise unless *role* exists and *by* holds all that it gives."""
        if role is None:
            return
        grants = await grants_of_role(db, role)
        if grants is None:
            raise Invalid(errors=(FieldProblem("/role", "There is no such role", "unknown"),))
        if not self.holds([role], grants=grants) <= by.permissions:
            raise Forbidden("nobody gives a right that they do not have")

    def holds(self, roles: Iterable[str], *, grants: Iterable[str] = ()) -> frozenset[str]:
        """Return the permissions that *roles* and the names in *grants* give."""
        return self._held(frozenset(roles), grants=frozenset(grants))

    @property
    def asks_for_plugins(self) -> bool:
        """Whether an admin confirms what plugins propose for the built-in roles."""
        return self._settings.plugin_roles == "confirm"

    @property
    def problem(self) -> str | None:
        """Why nobody can sign in at present, as far as is known; sessions go on without."""
        return self._provider.problem

    async def close(self) -> None:
        """Wait for what is under way and let go of the provider."""
        await self.sessions.cache.settle()
        await self._provider.close()

    def _principal(self, session: Session) -> Principal:
        return Principal(
            kind=session.kind,
            id=session.user_id,
            name=session.name,
            email=session.email,
            roles=frozenset(session.roles),
            permissions=self.holds(session.roles, grants=session.grants),
            session=SessionRef(session.public_id, session.auth_time, session.expires_at),
        )

    async def _by_token(
        self, reading: Reading, bearer: str, address: str, *, counts: bool
    ) -> Principal:
        """Return the owner of an API token, with what its scopes and their rights both allow.

        What a scope implies comes with it, as in a role. Whatever wants a recent sign-in is out
        of a token's reach, whatever its scopes say.
        """
        async with reading() as db:
            found = await find_token(db, bearer, address=address)
        if counts and found.is_due:
            await self.sessions.touch(partial(touch_token, id=found.id, address=readable(address)))
        held = self.holds(found.roles, grants=found.grants)
        plain = {right.name for right in self._permissions if not right.sensitive}
        return Principal(
            kind=found.kind,
            id=found.user_id,
            name=found.name,
            email=found.email,
            roles=frozenset(found.roles),
            permissions=held & self.holds((), grants=found.scopes) & plain,
            token=found.id,
        )

    async def _same_session(
        self, db: AsyncSession, back: Back, *, token: str, principal: Principal
    ) -> None:
        """Raise `Refused` unless a step-up comes back to the session and person it began with."""
        if principal.id is None or hash_of(token).hex() != back.transaction.session_hash:
            raise Refused("session")
        user = await repository.find_user(db, principal.id)
        person = back.person
        if user is None or (user.issuer, user.subject) != (person.issuer, person.subject):
            raise Refused("session", "another person came back")

    async def _start(
        self,
        db: AsyncSession,
        back: Back,
        admitted: Admitted,
        *,
        auth_time: datetime,
        browser: Browser,
    ) -> Arrived:
        user, person = admitted.user, back.person
        former = browser.cookies.get(COOKIE, "")
        replaced = await self.sessions.end(db, former, reason="replaced", by=user.id)
        token, session = await self.sessions.start(
            db,
            user_id=user.id,
            issuer=person.issuer,
            sid=person.sid,
            auth_time=auth_time,
            roles=admitted.roles,
            address=browser.address,
            browser=browser.agent,
            id_token=person.id_token,
            proof=Proof(person.acr, person.amr),
        )
        surplus = await self.sessions.end_surplus(db, user.id)
        named = session.model_copy(update={"name": user.name, "email": user.email})
        ended = ([replaced] if replaced else []) + surplus
        return Arrived(token, self._principal(named), admitted, ended)
