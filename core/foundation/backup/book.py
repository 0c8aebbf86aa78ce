"""The book of backups: which were made, which were tried out, and how long ago that was."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from foundation.audit.events import Detail, Event, EventType, Plain
from foundation.auth.models import Deployment
from foundation.db.engine import Database
from foundation.db.model import CoreBase
from foundation.ids import uuid7
from foundation.telemetry.keeping import set_backup

Kind = Literal["backup", "drill"]
STALE = timedelta(hours=26)
"""A nightly copy that is this old was missed."""


class BackupRow(CoreBase):
    """One backup or drill; *detail* holds what a drill found."""

    __tablename__ = "backups"
    __table_args__ = (CheckConstraint("kind IN ('backup', 'drill')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    kind: Mapped[str]
    ended_at: Mapped[datetime] = mapped_column(server_default=func.now())
    ok: Mapped[bool]
    file: Mapped[str]
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")  # JSON


class Copied(Detail):
    """Which file, how large, and the SHA-256 of its bytes."""

    file: Annotated[str, Plain]
    bytes: Annotated[int, Plain]
    sha256: Annotated[str, Plain]


class Tried(Copied):
    """Which parts of a restored copy were not as they should be."""

    faults: Annotated[list[str], Plain]


MADE = EventType("system.backup.made", "Backup made", Copied)
DRILLED = EventType("system.backup.drilled", "Backup tried out", Tried, severity="high")
EVENTS = (MADE, DRILLED)


@dataclass(frozen=True, slots=True)
class Ages:
    """When the last backup was made and the last drill passed; None for never.

    *faults* are the parts that the last drill of all found wrong.
    """

    backup: datetime | None
    drill: datetime | None
    since: datetime
    faults: tuple[str, ...] = ()

    def problem(self, now: datetime) -> str:
        """Return what the operator should know, or nothing."""
        age = now - (self.backup or self.since)
        if age > STALE and self.backup is None:
            return "there is no backup yet; run: foundation backup make"
        if age > STALE:
            return f"the last backup is {age.total_seconds() / 3600:.0f} h old"
        if self.faults:
            return f"the last drill did not bring back {', '.join(self.faults)}"
        return ""


def note(db: AsyncSession, kind: Kind, copied: Copied, *, faults: list[str]) -> Event:
    """Write a backup or a drill into the book; return the event to record with it."""
    is_ok = not faults
    row = BackupRow(kind=kind, ok=is_ok, detail={"faults": faults}, **copied.model_dump())
    db.add(row)
    if kind == "backup":
        return MADE(**copied.model_dump())
    outcome: Literal["success", "failure"] = "success" if is_ok else "failure"
    return DRILLED(outcome=outcome, faults=faults, **copied.model_dump())


async def ages(db: AsyncSession) -> Ages:
    """Return how old the last good backup and the last good drill are."""
    asked = (
        select(BackupRow.kind, func.max(BackupRow.ended_at))
        .where(BackupRow.ok)
        .group_by(BackupRow.kind)
    )
    found = {kind: at for kind, at in await db.execute(asked)}  # noqa: C416  # rows are no pairs to dict
    since: datetime = (await db.execute(select(Deployment.created_at))).scalar_one()
    newest = select(BackupRow.detail).where(BackupRow.kind == "drill")
    tried = await db.scalar(newest.order_by(BackupRow.ended_at.desc()).limit(1)) or {}
    faults = tuple(tried.get("faults", ()))
    return Ages(found.get("backup"), found.get("drill"), since, faults)


async def problem_of(database: Database, now: datetime) -> str:
    """Return what is wrong with the backups, or nothing; the metrics learn it too."""
    async with database.reading() as db:
        found = await ages(db)
    set_backup(
        made_at=found.backup.timestamp() if found.backup else 0.0,
        drilled_at=found.drill.timestamp() if found.drill else 0.0,
        failed=bool(found.faults),
    )
    return found.problem(now)
