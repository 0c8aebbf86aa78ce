"""The tables of the schema ``credentials``: credentials, their sealed values, who may use them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import SEALED, SealedPlace, VersionedRow, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("credentials")


class Credential(VersionedRow, Base):
    """One credential: its name, its kind, and the values that are no secret.

    *rotate_every* is in days. *deleted_at* begins the days in which it can be brought back; at
    *shredded_at* its values were destroyed, and the row stays to say so.

    *values_version* names the complete set of values that holds; every replacement makes a new
    one. It is bound into each sealed value, so an old value cannot be put back.
    """

    __tablename__ = "creds"

    slug: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    description: Mapped[str]
    plain: Mapped[dict[str, str]] = mapped_column(JSONB)
    values_version: Mapped[int]
    values_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    tags: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    notes: Mapped[str] = mapped_column(server_default="")
    reveal: Mapped[str] = mapped_column(server_default="allowed")
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    block_expired: Mapped[bool] = mapped_column(server_default=text("false"))
    rotate_every: Mapped[int | None]
    deleted_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    shredded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


Index("ix_creds_name_id", Credential.name, Credential.id)
Index(
    "uq_creds_slug_present",
    Credential.slug,
    unique=True,
    postgresql_where=Credential.deleted_at.is_(None),
)


class Version(Base):
    """One complete set of values as it was made: its plain values, and by whom."""

    __tablename__ = "versions"

    cred_id: Mapped[UUID] = mapped_column(
        ForeignKey(Credential.id, ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    plain: Mapped[dict[str, str]] = mapped_column(JSONB)
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    made_by: Mapped[str]
    restored_from: Mapped[int | None]


class SealedField(Base):
    """One value at rest. No row means "not set"; an empty value has a row."""

    __tablename__ = "secrets"
    __table_args__ = (CheckConstraint("state IN ('sealed', 'broken')", "state"),)

    cred_id: Mapped[UUID] = mapped_column(
        ForeignKey(Credential.id, ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    fmt: Mapped[int]
    kid: Mapped[str]
    wnonce: Mapped[bytes]
    wdek: Mapped[bytes]
    nonce: Mapped[bytes]
    ct: Mapped[bytes]
    state: Mapped[str] = mapped_column(server_default=text("'sealed'"))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


Base.metadata.tables["credentials.secrets"].info[SEALED] = SealedPlace(
    thing="cred_id",
    version="version",
    field="field",
    type=select(Credential.kind).where(Credential.id == SealedField.cred_id).scalar_subquery(),
)


class Grant(Base):
    """A plugin may use the values of a credential; somebody who may has confirmed it."""

    __tablename__ = "grants"

    cred_id: Mapped[UUID] = mapped_column(
        ForeignKey(Credential.id, ondelete="CASCADE"), primary_key=True
    )
    plugin: Mapped[str] = mapped_column(primary_key=True)
    granted_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    granted_by: Mapped[str]


class Notice(Base):
    """A reminder that was told: *days* before the day *due_at*, or later."""

    __tablename__ = "notices"

    cred_id: Mapped[UUID] = mapped_column(
        ForeignKey(Credential.id, ondelete="CASCADE"), primary_key=True
    )
    what: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)


class Use(Base):
    """A note that a thing of another plugin uses a credential; it keeps the credential alive."""

    __tablename__ = "uses"

    cred_id: Mapped[UUID] = mapped_column(
        ForeignKey(Credential.id, ondelete="RESTRICT"), primary_key=True
    )
    plugin: Mapped[str] = mapped_column(primary_key=True)
    ref: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]


Index("ix_uses_plugin_ref", Use.plugin, Use.ref)
