"""Core's tables of people: users, their roles, their sessions; and of keys and the deployment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, Text, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import ARRAY, INET
from sqlalchemy.orm import Mapped, mapped_column

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
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    ended_by: Mapped[UUID | None]

    __table_args__ = (
        Index("ix_sessions_user_id", "user_id", postgresql_where=text("ended_at IS NULL")),
        Index("ix_sessions_issuer_idp_sid", "issuer", "idp_sid"),
        Index("ix_sessions_expires_at", "expires_at"),
    )


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
