"""Core's tables about plugins: the ledger, and every type of audit event there ever was."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from foundation.audit.guard import UNAUDITED
from foundation.db.model import CoreBase

EMPTY = text("'{}'")


class PluginRow(CoreBase):
    """One plugin that was ever here: what became of it and what it added when it last started."""

    __tablename__ = "plugins"

    id: Mapped[str] = mapped_column(primary_key=True)
    dist: Mapped[str]
    version: Mapped[str]
    title: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str | None]
    manifest: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY)  # JSON
    snapshot: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY)  # JSON
    enabled: Mapped[bool] = mapped_column(server_default=text("true"))
    first_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class EventTypeRow(CoreBase):
    """One version of one type of event; the table only grows, so old rows render for ever."""

    __tablename__ = "event_types"

    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    title: Mapped[str]
    plugin: Mapped[str]
    severity: Mapped[str]
    schema: Mapped[dict[str, Any]] = mapped_column(server_default=EMPTY)  # JSON Schema
    schema_hash: Mapped[str | None]
    retention: Mapped[str | None]
    owasp: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    first_seen_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ClaimRow(CoreBase):
    """A name that one plugin holds: a prefix, section, permission, event, setting or port."""

    __tablename__ = "plugin_claims"

    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str]
    since: Mapped[datetime] = mapped_column(server_default=func.now())


class QuarantineRow(CoreBase):
    """A part of a plugin that is kept from running, in every worker, until it is tried again."""

    __tablename__ = "plugin_quarantine"

    plugin: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    reason: Mapped[str]
    since: Mapped[datetime] = mapped_column(server_default=func.now())
    wait_s: Mapped[int]
    probe_at: Mapped[datetime]


class FaultRow(CoreBase):
    """The last exception a plugin did not mean: where it was, and the request that met it."""

    __tablename__ = "plugin_faults"

    plugin: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(server_default=func.now())
    fault: Mapped[str]
    request_id: Mapped[str]


class WorkerRow(CoreBase):
    """A worker that was here a moment ago, and the digest of the plugins it runs."""

    __tablename__ = "plugin_workers"

    worker: Mapped[str] = mapped_column(primary_key=True)
    plan: Mapped[str]
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SubscriptionRow(CoreBase):
    """How far a subscription has come: the leaf of the audit trail that it looks at next."""

    __tablename__ = "plugin_subscriptions"
    __table_args__ = ({"info": {UNAUDITED: "it moves on with each event, which is told already"}},)

    plugin: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    next_leaf: Mapped[int] = mapped_column(BigInteger)
