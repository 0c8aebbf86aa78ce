"""Core's tables of people: users, roles, sessions, tokens; and of keys and the deployment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, INET
from sqlalchemy.orm import Mapped, mapped_column

from foundation.audit.guard import UNAUDITED
from foundation.db.model import CORE, CoreBase, VersionedRow


class User(VersionedRow, CoreBase):
    """Somebody who signs in, known by issuer and subject and by nothing else."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("issuer", "subject"),
        CheckConstraint("kind IN ('user', 'service')", name="kind"),
    )

    kind: Mapped[str] = mapped_column(server_default="user")
    issuer: Mapped[str]
    subject: Mapped[str]
    email: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str] = mapped_column(server_default="")
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    last_seen_at: Mapped[datetime | None]
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(f"{CORE}.users.id", ondelete="RESTRICT")
    )


class UserRole(CoreBase):
    """One role of one user, given here (local) or by the provider's groups (idp)."""

    __tablename__ = "user_roles"
    __table_args__ = (CheckConstraint("source IN ('local', 'idp')", name="source"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    granted_by: Mapped[UUID | None]
    granted_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Session(CoreBase):
    """One browser that is signed in; the cookie itself is nowhere, only its SHA-256."""

    __tablename__ = "sessions"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    public_id: Mapped[UUID] = mapped_column(unique=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    issuer: Mapped[str]
    idp_sid: Mapped[str | None]
    auth_time: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    idle_seconds: Mapped[int]
    ip_first: Mapped[str] = mapped_column(INET)
    ip_last: Mapped[str] = mapped_column(INET)
    ua: Mapped[str] = mapped_column(server_default="")
    id_token_sealed: Mapped[bytes | None]
    acr: Mapped[str] = mapped_column(server_default="")
    amr: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    mfa: Mapped[bool] = mapped_column(server_default=text("false"))
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    ended_by: Mapped[UUID | None]

    __table_args__ = (
        Index("ix_sessions_user_id", "user_id", postgresql_where=text("ended_at IS NULL")),
        Index("ix_sessions_issuer_idp_sid", "issuer", "idp_sid"),
        Index("ix_sessions_expires_at", "expires_at"),
    )


class CustomRole(VersionedRow, CoreBase):
    """A named set of permissions that an admin put together, beside the three built-in roles."""

    __tablename__ = "roles"
    __table_args__ = (
        CheckConstraint("name NOT IN ('viewer', 'operator', 'admin')", name="not_built_in"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))


class PluginRight(CoreBase):
    """What an admin decided about a right that a plugin proposes for a built-in role."""

    __tablename__ = "plugin_rights"
    __table_args__ = (CheckConstraint("role IN ('viewer', 'operator')", name="role"),)

    permission: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    granted: Mapped[bool]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RightsSettled(CoreBase):
    """At most one row: since when plugins' rights are asked for, and not taken over any more."""

    __tablename__ = "rights_settled"
    __table_args__ = (
        CheckConstraint("one", name="one"),
        {"info": {UNAUDITED: "what was settled with it has its own event"}},
    )

    one: Mapped[bool] = mapped_column(primary_key=True)
    settled_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ApiToken(CoreBase):
    """A token of a person or a service account; its value is nowhere, only its SHA-256."""

    __tablename__ = "api_tokens"
    __table_args__ = (CheckConstraint("cardinality(scopes) > 0", name="scopes"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    prefix: Mapped[str]
    user_id: Mapped[UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    networks: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    last_used_ip: Mapped[str | None] = mapped_column(INET)
    revoked_at: Mapped[datetime | None]
    warned_days: Mapped[int | None]


class Invitation(CoreBase):
    """A way in for one e-mail address: once, for a while, by a link that only its hash is of."""

    __tablename__ = "invitations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    email: Mapped[str]
    role: Mapped[str | None]
    created_by: Mapped[UUID | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    accepted_by: Mapped[UUID | None]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class BootstrapCode(CoreBase):
    """A code that makes somebody the first admin: once, for an hour, while there is none."""

    __tablename__ = "bootstrap_codes"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[UUID | None]


class SpentLogout(CoreBase):
    """A logout token that was obeyed, by the hash of its ``jti``, so that it is not twice."""

    __tablename__ = "spent_logouts"
    __table_args__ = {  # noqa: RUF012  # read by SQLAlchemy, never changed
        "info": {UNAUDITED: "it only keeps a logout from being obeyed twice"}
    }

    jti_hash: Mapped[bytes] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]


class RateCount(CoreBase):
    """How often something was done in a window that is too long for a cache to remember."""

    __tablename__ = "rate_counts"
    __table_args__ = {  # noqa: RUF012  # read by SQLAlchemy, never changed
        "info": {UNAUDITED: "it only counts"}
    }

    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime]


class Key(CoreBase):
    """A key of the vault's ring: its fingerprint and a value that only it opens. Kept for ever."""

    __tablename__ = "keys"

    kid: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    check_nonce: Mapped[bytes]
    check_ct: Mapped[bytes]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    activated_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]


class Process(CoreBase):
    """One process that is alive, and the keys of the vault's ring that it has at hand."""

    __tablename__ = "processes"
    __table_args__ = ({"info": {"unaudited": "a sign of life is no change of anything"}},)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    kids: Mapped[list[str]] = mapped_column(ARRAY(Text))
    active: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Deployment(CoreBase):
    """The one row that names this deployment; every derived key is salted with it."""

    __tablename__ = "deployment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


@dataclass(frozen=True, slots=True)
class Exported:
    """The core tables whose ids a plugin's foreign key may name: ``core.users.c.id``."""

    users: Table


exported = Exported(users=CoreBase.metadata.tables[f"{CORE}.users"])
