"""The table ``foundation.audit_log``: one row for each thing that happened, never changed again."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db.model import CoreBase


class AuditRow(CoreBase):
    """One event as it is kept.

    The database refuses UPDATE, DELETE and TRUNCATE here. *occurred_at* is the application's
    clock, *recorded_at* the database's.
    """

    __tablename__ = "audit_log"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
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
    app_version: Mapped[str]
    detail: Mapped[dict[str, Any]]


_NEWEST = (AuditRow.occurred_at.desc(), AuditRow.event_id.desc())
Index("ix_audit_log_occurred_at", *_NEWEST)
Index("ix_audit_log_type", AuditRow.type, *_NEWEST)
Index("ix_audit_log_actor_id", AuditRow.actor_id, *_NEWEST)
Index("ix_audit_log_target", AuditRow.target_type, AuditRow.target_id, *_NEWEST)
