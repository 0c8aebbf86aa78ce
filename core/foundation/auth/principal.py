"""Whoever a request acts for, with the rights they hold at this moment."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from foundation.auth.permissions import Needs, Permission, Public
from foundation.errors import Forbidden, StepUpRequired, Unauthenticated

FRESH = timedelta(minutes=5)
"""How long after a sign-in a person may do sensitive things (security.md, 2.5)."""


@dataclass(frozen=True, slots=True)
class SessionRef:
    """The session behind a request, by its public id: never the cookie, never its hash."""

    public_id: UUID
    auth_time: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class FormerSession:
    """A session that has ended and whose cookie is still shown, with why it ended."""

    public_id: UUID
    user_id: UUID
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Principal:
    """A person, a service account or the machine itself; `ANONYMOUS` is nobody yet.

    *token* is the id of the API token that it came by, instead of a session; *former* is the
    ended session whose cookie somebody without a session showed.
    """

    kind: Literal["anonymous", "user", "service", "system"]
    id: UUID | None = None
    name: str = ""
    email: str = ""
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    session: SessionRef | None = None
    token: UUID | None = None
    former: FormerSession | None = None

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody has signed in."""
        return self.kind == "anonymous"

    def may(self, needs: Needs) -> bool:
        """Tell whether this principal satisfies *needs*: for drawing, not instead of `require`."""
        if isinstance(needs, Public):
            return True
        if self.is_anonymous:
            return False
        return not isinstance(needs, Permission) or needs.name in self.permissions

    def require(self, needs: Needs) -> None:
        """Raise `Unauthenticated` or `Forbidden` unless this principal satisfies *needs*."""
        if self.may(needs):
            return
        if self.is_anonymous:
            raise Unauthenticated
        assert isinstance(needs, Permission)  # the two others never refuse somebody signed in
        raise Forbidden(f"this needs the permission {needs.name}", permission=needs.name)

    def require_fresh(self, now: datetime) -> None:
        """Raise `StepUpRequired` unless the sign-in is at most `FRESH` old.

        Raises `Forbidden` for a token, which cannot sign in again.
        """
        if self.token is not None:
            raise Forbidden("this is for a person who has just signed in, not for an API token")
        if self.session is None or now - self.session.auth_time > FRESH:
            raise StepUpRequired("sign in again: this needs a sign-in of the last five minutes")


ANONYMOUS = Principal("anonymous")
SYSTEM = Principal("system", name="Foundation")
