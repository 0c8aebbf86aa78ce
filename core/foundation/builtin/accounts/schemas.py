"""What goes in and out of ``/api/auth`` and ``/api/users``."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from foundation.http.models import PageQuery, Request, Versioned, View

RoleName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]


class Next(Request):
    """Where to go after signing in; anything that is not a page of Foundation becomes ``/``."""

    next: str = "/"


class Begin(Next):
    """Where to go after signing in, and the token of an invitation's link, if there was one."""

    invite: Annotated[str, Field(max_length=100)] = ""


class LogoutToken(Request):
    """What a provider sends to sign somebody out (OIDC Back-Channel Logout)."""

    logout_token: Annotated[str, Field(min_length=1)]


class Code(Request):
    """The first admin's code."""

    code: Annotated[str, Field(min_length=1, max_length=100)]


class Granted(View):
    """The role that somebody has now."""

    role: str


class Redirect(View):
    """Where the page should send the browser."""

    redirect: str


class SessionView(View):
    """The session behind a request: by its public id, never by its cookie."""

    public_id: UUID
    auth_time: datetime
    expires_at: datetime


class Here(View):
    """Whether this browser has a session."""

    signed_in: bool


class Me(View):
    """Whoever asks, and what they may do; *bootstrap* while a code makes the first admin."""

    id: UUID
    name: str
    email: str
    roles: list[str]
    can: list[str]
    kind: Literal["user", "service"] = "user"
    bootstrap: bool = False
    session: SessionView | None


class UserQuery(PageQuery):
    """Filters of the list of users; *q* is looked for in name and e-mail.

    *mfa* is how their last sign-in was proved; who never signed in has proved nothing.
    """

    q: Annotated[str, Field(max_length=200)] | None = None
    kind: Literal["user", "service"] | None = None
    mfa: Literal["yes", "no"] | None = None


class UserView(Versioned):
    """Somebody who can sign in; *role* is the highest of *roles*, or null for none.

    A role of one's own counts where there is no built-in one. *owner_id* is of a service account.
    *mfa* says whether the last sign-in proved more than one factor; null for nobody's.
    """

    name: str
    email: str
    kind: Literal["user", "service"]
    enabled: bool
    role: str | None
    role_source: Literal["local", "idp"] | None
    roles: list[str]
    issuer: str
    owner_id: UUID | None
    last_seen_at: datetime | None
    mfa: bool | None = None


class UserChange(Request):
    """What an admin may change of somebody: their role (null takes it away), or both in one."""

    role: RoleName | None = None
    enabled: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if "enabled" in self.model_fields_set and self.enabled is None:
            raise ValueError("enabled is true or false")
        if not self.model_fields_set:
            raise ValueError("give role, enabled or both")
        return self
