"""The job that takes out more of the trail than fits in one answer, in packed parts."""

import gzip
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, Field

from foundation.ports import EXPORTED, Handout, Trail, TrailFilter
from foundation.sdk import Job, Key, RunContext
from foundation_audit.permissions import EXPORT
from foundation_audit.schemas import ENDINGS, Form, Narrowed

MOST_PART, MOST_EVENTS = 900_000, 250_000
"""Bytes in a part before it is packed, and events in a run; more is for the command line."""


Words = Annotated[str, Field(max_length=200)]


class ExportParams(BaseModel):
    """What to take out, and in which form; a filter that is empty does not narrow."""

    form: Annotated[Form, Field(title="Form")] = "ndjson"
    actor: Annotated[Words, Field(title="Actor")] = ""
    type: Annotated[Words, Field(title="Event")] = ""
    target: Annotated[Words, Field(title="Target")] = ""
    outcome: Annotated[Words, Field(title="Outcome")] = ""
    plugin: Annotated[Words, Field(title="Plugin")] = ""
    severity: Annotated[Words, Field(title="Severity")] = ""
    project: Annotated[Words, Field(title="Project")] = ""
    request: Annotated[Words, Field(title="Request")] = ""
    since: Annotated[Words, Field(title="From")] = ""
    until: Annotated[Words, Field(title="Until")] = ""

    def filters(self) -> dict[str, str]:
        """Return the filters that narrow."""
        given = self.model_dump(exclude={"form"})
        return {name: value for name, value in given.items() if value}


@dataclass(slots=True)
class _Parts:
    """Leaves texts behind as parts; put together they are one gzip file."""

    ctx: RunContext
    name: str
    count: int = 0
    _waiting: bytearray = field(default_factory=bytearray)

    async def add(self, text: str) -> None:
        self._waiting += text.encode()
        while len(self._waiting) >= MOST_PART:
            await self._leave(MOST_PART)

    async def close(self) -> None:
        if self._waiting:
            await self._leave(len(self._waiting))

    async def _leave(self, size: int) -> None:
        self.count += 1
        packed = gzip.compress(bytes(self._waiting[:size]), mtime=0)
        del self._waiting[:size]
        name = f"{self.name}.{self.count:04}"
        await self.ctx.artefact(name, packed, media_type="application/gzip")


async def export(ctx: RunContext, params: ExportParams) -> dict[str, Any]:
    """Leave what the filters find behind, newest first; who took what is an event."""
    filters = params.filters()
    narrowed = Narrowed.model_validate(filters, strict=False)
    filter, done = TrailFilter(**narrowed.model_dump()), 0
    async with ctx.transaction() as db:
        ctx.record(db, EXPORTED(form=params.form, filters=filters))
    parts = _Parts(ctx, f"audit.{ENDINGS[params.form]}.gz")
    async with ctx.database.reading() as db:
        total = await Trail(db).count(filter, most=MOST_EVENTS)
        async for piece in Handout(db).pieces(filter, params.form):
            await parts.add(piece.text)
            done += piece.events
            ctx.progress(done, total, unit="events")
            if done >= MOST_EVENTS:
                break
    await parts.close()
    return {"events": done, "parts": parts.count, "complete": done >= total}


EXPORT_TRAIL = Job(
    "audit.export",
    title="Export the audit trail",
    params=ExportParams,
    run=export,
    needs=EXPORT,
    attempts=2,
    on_crash="retry",
    timeout_s=4 * 3600,
    concurrency=Key("export"),
    while_allowed=True,
)
