"""The tables of the schema ``credentials``: credentials, their sealed values, and who uses them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import VersionedRow, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("credentials")


class Credential(VersionedRow, Base):
    """One credential: its name, its kind, and the values that are no secret.

    *values_version* names the complete set of values that holds; every replacement makes a new
    one. It is bound into each sealed value, so an old value cannot be put back.
    """

    __tablename__ = "creds"

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    description: Mapped[str]
    plain: Mapped[dict[str, str]] = mapped_column(JSONB)
    values_version: Mapped[int]
    values_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


Index("ix_creds_name_id", Credential.name, Credential.id)


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
