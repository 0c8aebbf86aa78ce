"""The trail as people read it: newest first, filtered, with titles even of plugins long gone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, column, func, or_, select, table
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.events import NAME, Outcome
from foundation.audit.models import AuditRow, LeafRow, PendingRow
from foundation.db.page import keyset
from foundation.errors import NotFound

# The ledger of plugins writes this table in a layer above, so only its shape is known here.
_TYPES = table(
    "event_types",
    column("name"),
    column("version"),
    column("title"),
    column("plugin"),
    column("severity"),
    column("owasp"),
    schema="foundation",
)
_PLUGINS = table("plugins", column("id"), column("state"), schema="foundation")

_SHOWN = ("name", "version", "title", "plugin", "severity")

Known = dict[tuple[str, int], tuple[str, tuple[str, ...]]]
"""By name and version of a type of event: its title, and its words for security."""

UUID7, EPOCH, SKEW = 7, datetime.fromtimestamp(0, UTC), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """Who did it, with their name at the time."""

    type: str
    id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """What it is about, with its name at the time."""

    type: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event; *title* is that of its type, or the type's name if nobody ever declared it.

    *installed* is False when the plugin that said it is not here any more. *session* is that of
    the actor, and of a sign-in the one that it began; *owasp* are its type's words in OWASP's
    logging vocabulary.
    """

    id: UUID
    occurred_at: datetime
    type: str
    title: str
    plugin: str
    severity: str
    actor: ActorEntry
    target: TargetEntry | None
    outcome: str
    reason: str | None
    request_id: str
    detail: dict[str, Any]  # JSON, as the type's version declares it
    project_id: UUID | None = None
    erased: bool = False
    installed: bool = True
    session: UUID | None = None
    owasp: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One type of event that was ever declared here, in its newest version."""

    name: str
    version: int
    title: str
    plugin: str
    severity: str


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for; None does not ask.

    *actor* is an id or a part of a name; *type* is a name or the start of one up to a dot;
    *target* is ``kind``, ``kind:id`` or an id; *request* is a whole id; *since* is included,
    *until* is not.
    """

    actor: str | None = None
    plugin: str | None = None
    severity: str | None = None
    project: UUID | None = None
    request: str | None = None
    type: str | None = None
    target: str | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trail:
    """Reads the trail in the session it was made for."""

    db: AsyncSession

    async def page(
        self,
        filter: TrailFilter,
        *,
        limit: int = 50,
        cursor: str | None = None,
        oldest_first: bool = False,
    ) -> tuple[list[Entry], str | None]:
        """Return events, newest first unless asked otherwise, and the cursor of the next page.

        Raises `BadRequest` for a cursor that is not one.
        """
        rows, next = await keyset(
            self.db,
            _filtered(filter),
            by=(AuditRow.occurred_at, AuditRow.event_id),
            descending=not oldest_first,
            limit=limit,
            cursor=cursor,
        )
        types = await types_of(self.db, {row.type for row in rows})
        here = await self._installed()
        return [_entry(row, types, here) for row in rows], next

    async def count(self, filter: TrailFilter, *, most: int | None = 1_000) -> int:
        """Return how many events there are; *most* and one more when there are more than that."""
        some = _filtered(filter).with_only_columns(AuditRow.event_id)
        some = some.limit(most + 1) if most is not None else some
        return int(await self.db.scalar(select(func.count()).select_from(some.subquery())) or 0)

    async def event(self, id: UUID) -> Entry:
        """Return one event; raises `NotFound`."""
        row = await self.db.scalar(select(AuditRow).where(AuditRow.event_id == id, _month_of(id)))
        if row is None:
            raise NotFound("no such event")
        return _entry(row, await types_of(self.db, {row.type}), await self._installed())

    async def highest(self, types: Collection[str], name: str) -> dict[str, int]:
        """Return the highest number that events of *types* say under *name*, by their target."""
        number = AuditRow.detail[name].as_integer()
        found = select(AuditRow.target_id, func.max(number)).where(AuditRow.type.in_(types))
        rows = await self.db.execute(found.group_by(AuditRow.target_id))
        return {id: most for id, most in rows if id is not None and most is not None}

    async def types(self) -> list[TypeEntry]:
        """Return every type of event that was ever declared, by name."""
        newest = (
            select(*(_TYPES.c[name] for name in _SHOWN))
            .ext(distinct_on(_TYPES.c.name))
            .order_by(_TYPES.c.name, _TYPES.c.version.desc())
        )
        return [TypeEntry(**row) for row in (await self.db.execute(newest)).mappings()]

    async def _installed(self) -> frozenset[str]:
        here = select(_PLUGINS.c.id).where(_PLUGINS.c.state != "removed")
        return frozenset(await self.db.scalars(here))


async def types_of(db: AsyncSession, names: set[str]) -> Known:
    """Return titles and words of the types *names* by name and version, as they were declared."""
    if not names:
        return {}
    asked = select(_TYPES.c.name, _TYPES.c.version, _TYPES.c.title, _TYPES.c.owasp)
    found = await db.execute(asked.where(_TYPES.c.name.in_(names)))
    return {(name, version): (title, tuple(owasp)) for name, version, title, owasp in found}


def _month_of(id: UUID) -> Any:  # a boolean SQL expression
    """Return where the event *id* may lie: its place in the tree tells, or the time in the id.

    Without it every month would be searched.
    """
    born = datetime.fromtimestamp((id.int >> 80) / 1000, UTC) if id.version == UUID7 else EPOCH
    sealed = select(LeafRow.occurred_at).where(LeafRow.event_id == id).scalar_subquery()
    waiting = select(PendingRow.occurred_at).where(PendingRow.event_id == id).scalar_subquery()
    near = AuditRow.occurred_at.between(born - SKEW, born + SKEW)
    return or_(near, AuditRow.occurred_at == sealed, AuditRow.occurred_at == waiting)


def _filtered(filter: TrailFilter) -> Select[AuditRow]:
    query = select(AuditRow)
    if filter.actor is not None:
        query = query.where(_is_actor(filter.actor))
    if filter.type is not None:
        query = query.where(_is_type(filter.type))
    if filter.target is not None:
        query = query.where(_is_target(filter.target))
    for equal, asked in (
        (AuditRow.plugin, filter.plugin),
        (AuditRow.severity, filter.severity),
        (AuditRow.project_id, filter.project),
        (AuditRow.request_id, filter.request),
    ):
        if asked is not None:
            query = query.where(equal == asked)
    if filter.outcome is not None:
        query = query.where(AuditRow.outcome == filter.outcome)
    if filter.since is not None:
        query = query.where(AuditRow.occurred_at >= filter.since)
    if filter.until is not None:
        query = query.where(AuditRow.occurred_at < filter.until)
    return query


def _is_type(asked: str) -> Any:  # a boolean SQL expression
    if NAME.match(asked):
        return AuditRow.type == asked  # nothing is below a whole name, so the index has the order
    below = AuditRow.type.startswith(asked.removesuffix(".") + ".", autoescape=True)
    return or_(AuditRow.type == asked, below)


def _is_actor(asked: str) -> Any:  # a boolean SQL expression
    try:
        return AuditRow.actor_id == UUID(asked)
    except ValueError:
        return AuditRow.actor_name.icontains(asked, autoescape=True)


def _is_target(asked: str) -> Any:  # a boolean SQL expression
    kind, colon, id = asked.partition(":")
    if colon:
        return (AuditRow.target_type == kind) & (AuditRow.target_id == id)
    return or_(AuditRow.target_type == asked, AuditRow.target_id == asked)


def _entry(row: AuditRow, types: Known, here: frozenset[str]) -> Entry:
    target = None
    title, owasp = types.get((row.type, row.type_version), (row.type, ()))
    if row.target_type is not None:
        target = TargetEntry(row.target_type, row.target_id or "", row.target_title or "")
    return Entry(
        id=row.event_id,
        occurred_at=row.occurred_at,
        type=row.type,
        title=title,
        plugin=row.plugin,
        severity=row.severity,
        actor=ActorEntry(row.actor_type, row.actor_id, row.actor_name),
        target=target,
        outcome=row.outcome,
        reason=row.reason,
        request_id=row.request_id,
        project_id=row.project_id,
        detail=row.detail if row.detail is not None else {},
        erased=row.detail is None,
        installed=row.plugin == "core" or row.plugin in here,
        session=row.session_ref,
        owasp=owasp,
    )
