"""The tables of the schema ``etl``: sources, and the rows each one brought last."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import VersionedRow, core, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("etl")


class Source(VersionedRow, Base):
    """Where rows come from: CSV text, or a query with a credential kept by the vault."""

    __tablename__ = "sources"
    __table_args__ = (CheckConstraint("kind IN ('csv', 'postgres')", "kind"),)

    name: Mapped[str]
    kind: Mapped[str]
    content: Mapped[str]
    credential_id: Mapped[UUID | None]
    loaded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    row_count: Mapped[int]
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(core.users.c.id, ondelete="SET NULL"), index=True
    )


Index("ix_sources_name_id", Source.name, Source.id)


class Row(Base):
    """One row as it was read; a new loading replaces all rows of its source."""

    __tablename__ = "rows"

    source_id: Mapped[UUID] = mapped_column(
        ForeignKey(Source.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)  # cells of any plain kind
