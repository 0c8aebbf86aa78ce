"""The trail in the forms that others read: with proofs, as a spreadsheet, as OCSF."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.evidence import Evidence, NotSealed
from foundation.audit.export import chosen
from foundation.audit.reader import Entry, Trail, TrailFilter

Form = Literal["ndjson", "csv", "ocsf"]
MOST, PAGE = 5_000, 200
"""Events in one answer; more than that is for a run, or ``foundation audit export``."""

COLUMNS = (
    *("occurred_at", "type", "title", "outcome", "severity", "actor_type", "actor_id", "actor"),
    *("target_type", "target_id", "target", "reason", "plugin", "request_id", "id", "detail"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SEVERITY = {"low": 1, "normal": 1, "high": 4, "critical": 5}
_ACTIVITY = {"created": 1, "revealed": 2, "updated": 3, "deleted": 4}


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed out: *content* holds *events* of them, *complete* unless there were more."""

    content: str
    media_type: str
    events: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Handout:
    """Writes out what a filter finds, in the session it was made for."""

    db: AsyncSession

    async def write(self, filter: TrailFilter, form: Form) -> Handed:
        """Return what *filter* finds, newest first; raises `NotSealed` for a form with proofs."""
        entries, complete = await self._found(filter)
        if form == "csv":
            return Handed(as_csv(entries), "text/csv; header=present", len(entries), complete)
        if form == "ocsf":
            lines = [json.dumps(as_ocsf(entry), ensure_ascii=False) for entry in entries]
            return Handed(joined(lines), "application/x-ndjson", len(lines), complete)
        head = await Evidence(self.db).head(signed=True)
        if head is None:
            raise NotSealed("No head of the trail is signed yet.")
        ids = [entry.id for entry in entries]
        proved = [line async for line in chosen(self.db, head, ids)]
        lines = [json.dumps(line, ensure_ascii=False) for line in proved]
        count = len(proved) - 2  # without the header and the end
        return Handed(joined(lines), "application/x-ndjson", count, complete and count == len(ids))

    async def _found(self, filter: TrailFilter) -> tuple[list[Entry], bool]:
        trail, found, cursor = Trail(self.db), list[Entry](), None
        while len(found) < MOST:
            entries, cursor = await trail.page(filter, limit=PAGE, cursor=cursor)
            found += entries
            if cursor is None:
                return found, True
        return found, False


def joined(lines: Iterable[str]) -> str:
    """Return *lines*, each with its end."""
    return "".join(f"{line}\n" for line in lines)


def as_csv(entries: Iterable[Entry], *, headed: bool = True) -> str:
    """Return *entries* as a table (RFC 4180) in which no cell is a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    if headed:
        table.writerow(COLUMNS)
    for entry in entries:
        cells = _cells(entry)
        table.writerow([_harmless(str(cells[name] or "")) for name in COLUMNS])
    return out.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cells(entry: Entry) -> Mapping[str, object]:
    target = entry.target
    return {
        "occurred_at": entry.occurred_at.isoformat(),
        "type": entry.type,
        "title": entry.title,
        "outcome": entry.outcome,
        "severity": entry.severity,
        "actor_type": entry.actor.type,
        "actor_id": entry.actor.id,
        "actor": entry.actor.name,
        "target_type": target.type if target else None,
        "target_id": target.id if target else None,
        "target": target.title if target else None,
        "reason": entry.reason,
        "plugin": entry.plugin,
        "request_id": entry.request_id,
        "id": entry.id,
        "detail": json.dumps(entry.detail, ensure_ascii=False),
    }


def as_ocsf(entry: Entry) -> dict[str, Any]:  # JSON
    """Return *entry* as an event of OCSF 1.3; what that has no place for is in ``unmapped``."""
    class_uid = _class_of(entry)
    activity = _ACTIVITY.get(entry.type.rpartition(".")[2], 99)
    return {
        "class_uid": class_uid,
        "category_uid": class_uid // 1000,
        "activity_id": activity,
        "type_uid": class_uid * 100 + activity,
        "time": int(entry.occurred_at.timestamp() * 1000),
        "severity_id": _SEVERITY.get(entry.severity, 99),
        "status_id": 1 if entry.outcome == "success" else 2,
        "status_detail": entry.reason,
        "message": entry.title,
        "actor": _actor(entry),
        "metadata": {
            "version": "1.3.0",
            "uid": str(entry.id),
            "event_code": entry.type,
            "correlation_uid": entry.request_id,
            "product": {"name": "Foundation", "feature": {"name": entry.plugin}},
        },
        "unmapped": {
            "outcome": entry.outcome,
            "owasp": list(entry.owasp),
            "target": _target(entry),
            "detail": entry.detail,
        },
    }


def _actor(entry: Entry) -> dict[str, Any]:  # JSON
    actor: dict[str, Any] = {"user": {"uid": str(entry.actor.id or ""), "name": entry.actor.name}}
    return actor if entry.session is None else actor | {"session": {"uid": str(entry.session)}}


def _target(entry: Entry) -> dict[str, str] | None:
    target = entry.target
    return {"type": target.type, "id": target.id, "title": target.title} if target else None


def _class_of(entry: Entry) -> int:
    """Sign-in 3002, roles 3005, accounts 3001, things 3004, the rest 6003."""
    plugin, thing, _ = entry.type.split(".")
    if plugin == "accounts":
        return {"signin": 3002, "session": 3002, "role": 3005, "roles": 3005}.get(thing, 3001)
    return 3004 if entry.target is not None else 6003
