"""What goes in and out of sessions, tokens, roles, invitations and service accounts."""

import ipaddress
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from foundation.http.models import Moment, Name, Request, Text, View

RoleSlug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}$")]
Right = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$")]


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError:
        raise ValueError("give a network such as 192.0.2.0/24") from None


def _email(text: str) -> str:
    name, _, host = text.strip().rpartition("@")
    if not name or "." not in host or not text.isprintable() or " " in text.strip():
        raise ValueError("give an e-mail address")
    return text.strip()


Network = Annotated[str, Field(max_length=50), AfterValidator(_network)]
Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]


class SessionItem(View):
    """One browser that is signed in, by its public id; *ends_at* unless it is used meanwhile.

    *acr* and *amr* are what the provider says of how it was proved, *mfa* what that comes to.
    """

    public_id: UUID
    is_current: bool
    created_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    auth_time: datetime
    address: str
    browser: str
    acr: str
    amr: list[str]
    mfa: bool


class Ended(View):
    """How many sessions were ended."""

    ended: int


class RightItem(View):
    """One permission, as a person reads it."""

    name: str
    title: str
    description: str
    sensitive: bool


class NewToken(Request):
    """A token to make: what it may do has to be said, and it ends."""

    name: Name
    scopes: Annotated[list[Right], Field(min_length=1, max_length=200)]
    expires_at: Moment | None = None
    networks: Annotated[tuple[Network, ...], Field(max_length=20, strict=False)] = ()


class TokenItem(View):
    """An API token without its value."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    networks: list[str]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    last_used_address: str | None
    state: Literal["active", "expired", "revoked"]


class FreshToken(TokenItem):
    """A token that was just made, with its value, which is shown this once."""

    token: str


class NewRole(Request):
    """A role of one's own."""

    name: RoleSlug
    title: Name
    description: Text = ""
    permissions: Annotated[list[Right], Field(min_length=1, max_length=500)]


class RoleChange(Request):
    """What to change of a role of one's own."""

    title: Name | None = None
    description: Text | None = None
    permissions: Annotated[list[Right], Field(min_length=1, max_length=500)] | None = None


class RoleItem(View):
    """A role: built in, or of one's own, which has a version; its name is its id."""

    id: str
    name: str
    title: str
    description: str
    is_builtin: bool
    permissions: list[str]
    members: int
    version: int | None
    updated_at: datetime | None


class RoleTrial(Request):
    """A content for a role to look at: for a new one, or instead of what *name* holds."""

    permissions: Annotated[list[Right], Field(max_length=500)]
    name: RoleSlug | None = None


class RolePreview(View):
    """What a role would give, what changes against the present one, and for how many."""

    permissions: list[str]
    gains: list[str]
    loses: list[str]
    people: int


class MatrixRole(View):
    """One column of the matrix."""

    name: str
    title: str
    is_builtin: bool


class MatrixRight(RightItem):
    """One row of the matrix, with the names of the roles that hold it."""

    roles: list[str]


class MatrixPlugin(View):
    """The rows of one plugin."""

    id: str
    title: str
    permissions: list[MatrixRight]


class Matrix(View):
    """Which role holds which permission."""

    roles: list[MatrixRole]
    plugins: list[MatrixPlugin]


class ProposalItem(View):
    """A right that a plugin proposes for a built-in role, and what was decided about it."""

    plugin: str
    plugin_title: str
    permission: str
    title: str
    description: str
    sensitive: bool
    role: str
    state: Literal["open", "granted", "refused"]


class Decision(Request):
    """Whether a proposed right holds."""

    permission: Right
    role: Literal["viewer", "operator"]
    granted: bool


class Decisions(Request):
    """Decisions about what plugins propose, taken together."""

    decisions: Annotated[list[Decision], Field(min_length=1, max_length=500)]


class NoticeItem(View):
    """Something that somebody ought to know of their own: a token that ends, a session that did.

    *name* is the token's, or the browser that was signed out; *at* is when.
    """

    kind: Literal["token_ends", "session_ended"]
    id: UUID
    name: str
    owner: str
    address: str
    at: datetime


class NewInvitation(Request):
    """Somebody to let in, by the address that their provider has verified."""

    email: Email
    role: RoleSlug | None = None
    days: Annotated[int, Field(ge=1, le=30)] = 7


class InvitationItem(View):
    """An invitation without its link."""

    id: UUID
    email: str
    role: str | None
    state: Literal["open", "accepted", "expired", "revoked"]
    created_by: UUID | None
    created_at: datetime
    expires_at: datetime
    accepted_by: UUID | None


class FreshInvitation(InvitationItem):
    """An invitation that was just made, with its link, which is shown this once."""

    link: str


class NewService(Request):
    """A service account: no sign-in, tokens only, and somebody who answers for it."""

    name: Name
    role: RoleSlug | None = None
    owner_id: Annotated[UUID, Field(strict=False)] | None = None


class ServiceChange(Request):
    """What to change of a service account."""

    name: Name | None = None
    owner_id: Annotated[UUID, Field(strict=False)] | None = None
