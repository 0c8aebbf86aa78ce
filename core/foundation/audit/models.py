"""The tables of the trail: what happened, what waits to be sealed, and the tree over it all."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db.model import CORE, CoreBase
from foundation.db.riding import Insertion


class AuditRow(CoreBase):
    """One event as it is kept.

    The database refuses UPDATE, DELETE and TRUNCATE here, but for an erasure. *occurred_at* is the
    application's clock, *recorded_at* the database's. A row of *format* 0 is older than the tree.
    """

    __tablename__ = "audit_log"
    __table_args__ = {"postgresql_partition_by": "RANGE (occurred_at)"}  # noqa: RUF012  # SQLAlchemy's

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    occurred_at: Mapped[datetime] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    format: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    type: Mapped[str]
    type_version: Mapped[int]
    plugin: Mapped[str]
    severity: Mapped[str]
    actor_type: Mapped[str]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    session_ref: Mapped[UUID | None]
    target_type: Mapped[str | None]
    target_id: Mapped[str | None]
    target_title: Mapped[str | None]
    project_id: Mapped[UUID | None]
    outcome: Mapped[str]
    reason: Mapped[str | None]
    request_id: Mapped[str]
    run_id: Mapped[UUID | None]
    app_version: Mapped[str]
    writer_id: Mapped[str] = mapped_column(server_default="")
    # What was erased is NULL, not the JSON of nothing.
    detail: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), server_default=text("'{}'")
    )
    detail_salt: Mapped[bytes | None]
    detail_hash: Mapped[bytes | None]
    leaf_hash: Mapped[bytes | None]
    mac: Mapped[bytes | None]
    mac_key_id: Mapped[str | None]


ROW = Insertion.into(AuditRow.metadata.tables[f"{CORE}.audit_log"], but={"recorded_at"})
"""How a row is written: it rides with the change it tells of."""

_NEWEST = (AuditRow.occurred_at.desc(), AuditRow.event_id.desc())
Index("ix_audit_log_type", AuditRow.type, *_NEWEST)
Index("ix_audit_log_actor_id", AuditRow.actor_id, *_NEWEST)
Index("ix_audit_log_target", AuditRow.target_type, AuditRow.target_id, *_NEWEST)
Index(
    "ix_audit_log_request_id",
    AuditRow.request_id,
    postgresql_using="brin",
    postgresql_with={"pages_per_range": 32, "autosummarize": "on"},
)
Index(
    "ix_audit_log_project_id",
    AuditRow.project_id,
    *_NEWEST,
    postgresql_where=text("project_id IS NOT NULL"),
)
Index(
    "ix_audit_log_outcome",
    AuditRow.outcome,
    *_NEWEST,
    postgresql_where=text("outcome <> 'success'"),
)


class PendingRow(CoreBase):
    """An event that has no leaf yet; a trigger of the log writes it, the sealer takes it away."""

    __tablename__ = "audit_pending"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    occurred_at: Mapped[datetime]
    leaf_hash: Mapped[bytes | None]


class EpochRow(CoreBase):
    """One life of the tree; a restored database goes on in a new one."""

    __tablename__ = "audit_epochs"

    epoch: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    origin: Mapped[str]
    reason: Mapped[str]
    former_note: Mapped[str | None]
    opened_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LeafRow(CoreBase):
    """The place of an event in the tree: there is no gap and no second one."""

    __tablename__ = "audit_leaves"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    leaf_index: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    event_id: Mapped[UUID] = mapped_column(unique=True)
    occurred_at: Mapped[datetime]
    leaf_hash: Mapped[bytes]


class TileRow(CoreBase):
    """Up to 256 hashes of one level of the tree, side by side (c2sp.org/tlog-tiles)."""

    __tablename__ = "audit_tiles"
    __table_args__ = (
        CheckConstraint(
            "length(hashes) % 32 = 0 AND length(hashes) BETWEEN 32 AND 8192", name="width"
        ),
    )

    epoch: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    idx: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    hashes: Mapped[bytes]


class HeadRow(CoreBase):
    """A head of the tree, and once it is signed its note."""

    __tablename__ = "audit_checkpoints"
    __table_args__ = (
        UniqueConstraint("epoch", "prev_size"),
        Index(
            "ix_audit_checkpoints_unsigned",
            "epoch",
            "tree_size",
            postgresql_where=text("note IS NULL"),
        ),
    )

    epoch: Mapped[int] = mapped_column(primary_key=True)
    tree_size: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    prev_size: Mapped[int] = mapped_column(BigInteger)
    root: Mapped[bytes]
    committed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    note: Mapped[str | None]
    signed_at: Mapped[datetime | None]


class SinkRow(CoreBase):
    """How far the trail was handed on to one sink, and which process is at it."""

    __tablename__ = "audit_sinks"

    name: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    next_leaf: Mapped[int] = mapped_column(BigInteger)
    failures: Mapped[int] = mapped_column(server_default="0")
    paused_until: Mapped[datetime | None]
    held_by: Mapped[UUID | None]
    held_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class StampRow(CoreBase):
    """What a time stamping authority (RFC 3161) answered about a signed head."""

    __tablename__ = "audit_stamps"

    epoch: Mapped[int] = mapped_column(primary_key=True)
    tree_size: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    authority: Mapped[str] = mapped_column(primary_key=True)
    stamped_at: Mapped[datetime]
    response: Mapped[bytes]
