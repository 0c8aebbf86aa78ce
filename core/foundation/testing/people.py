"""People for tests: signed in by a real row and a real cookie, without a provider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from foundation import ids
from foundation.app import App
from foundation.audit.actor import Actor, Source
from foundation.audit.events import EventType
from foundation.audit.reader import Entry, Trail, TrailFilter
from foundation.audit.record import Recorder, declared
from foundation.auth import repository
from foundation.auth.permissions import Role
from foundation.auth.sessions import COOKIE
from foundation.plugins.trail import discovered
from foundation.testing.client import Client, lined

ISSUER = "https://people.test"
ARRIVED = EventType("testing.person.arrived", "A person for a test arrived")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Makes people and signs them in; a person is known by a name, ``ada`` say."""

    app: App

    async def __call__(
        self,
        role: Role | str | None,
        *,
        name: str = "",
        signed_in_ago: timedelta = timedelta(0),
    ) -> Client:
        """Return a client signed in as somebody who has *role*, or none of the three.

        The same *name* is the same person; without one it is the role's. Their sign-in is
        *signed_in_ago* old: over five minutes, sensitive routes want a step-up.
        """
        known = Role(role) if role is not None else None
        subject = name or (known.value if known else "nobody")
        token = await self._session(subject, known, signed_in_ago)
        client = anonymous(self.app)
        client.cookies[COOKIE] = token
        return client

    async def _session(self, subject: str, role: Role | None, ago: timedelta) -> str:
        parts = self.app.parts
        recorder = Recorder(declared([ARRIVED]), parts.clock, "test", parts.recorder.macs)
        async with parts.database.transaction() as db:
            user, _ = await repository.find_or_add_user(
                db, id=ids.uuid7(), issuer=ISSUER, subject=subject
            )
            user.name, user.email = subject.title(), f"{subject}@people.test"
            await repository.replace_local_role(db, user.id, role=role, by=None)
            recorder.record(db, ARRIVED(), Source(Actor("system"), "testing", "test"))
            token, _ = await parts.identity.sessions.start(
                db,
                user_id=user.id,
                issuer=ISSUER,
                sid=None,
                auth_time=parts.clock.now() - ago,
                roles=[role.value] if role else [],
                address="127.0.0.1",
                browser="test",
                id_token="",
            )
        return token


def anonymous(app: App) -> Client:
    """Return a client of somebody who has not signed in."""
    return Client(lined(app.asgi), origin=app.parts.settings.public_origin)


@dataclass(frozen=True, slots=True)
class Events:
    """The audit trail of a test, oldest first, without what its set-up and its start wrote."""

    app: App

    async def __call__(self, type: str | None = None) -> Sequence[Entry]:
        """Return every event, or those whose type is or starts with *type*."""
        async with self.app.parts.database.reading() as db:
            found, _ = await Trail(db).page(TrailFilter(type=type), limit=200)
        own = {ARRIVED.name, discovered.name} - {type}
        return [entry for entry in reversed(found) if entry.type not in own]

    async def types(self) -> list[str]:
        """Return the types of every event, in their order."""
        return [entry.type for entry in await self()]
