"""The job that takes out the trail, or what a filter finds of it, in packed parts."""

import gzip
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, Field

from foundation.ports import EXPORTED, TrailFilter
from foundation.sdk import Job, Key, RunContext, Takeout
from foundation_audit.permissions import EXPORT
from foundation_audit.schemas import ENDINGS, Form, Narrowed

MOST_PART, AT_ONCE = 1_000_000, 500_000
"""Bytes in a part, packed; and those that are packed at once."""


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
    _packed: bytearray = field(default_factory=bytearray)

    async def add(self, text: str) -> None:
        self._waiting += text.encode()
        while len(self._waiting) >= AT_ONCE:
            await self._pack(AT_ONCE)

    async def close(self) -> None:
        await self._pack(len(self._waiting))
        await self._leave()

    async def _pack(self, size: int) -> None:
        packed = gzip.compress(bytes(self._waiting[:size]), mtime=0)
        del self._waiting[:size]
        if len(self._packed) + len(packed) > MOST_PART:
            await self._leave()
        self._packed += packed

    async def _leave(self) -> None:
        self.count += 1
        name = f"{self.name}.{self.count:05}"
        await self.ctx.artefact(name, bytes(self._packed), media_type="application/gzip")
        self._packed.clear()


async def export(ctx: RunContext, params: ExportParams) -> dict[str, Any]:
    """Leave what the filters find behind; who took what is an event.

    Without a filter the form with proofs is that of ``foundation audit export``: one proof of the
    whole, for each life of the tree a file.
    """
    filters = params.filters()
    narrowed = Narrowed.model_validate(filters, strict=False)
    async with ctx.transaction() as db:
        ctx.record(db, EXPORTED(form=params.form, filters=filters))
    async with ctx.database.reading() as db:
        taking = Takeout(db)
        is_settled = params.form != "ndjson" or await taking.settled()
        if params.form == "ndjson" and not filters:
            events, parts = await _everything(ctx, taking)
            return {"events": events, "parts": parts, "complete": is_settled}
        found = TrailFilter(**narrowed.model_dump())
        events, parts, total = await _found(ctx, taking, found, params.form)
    return {"events": events, "parts": parts, "complete": events >= total}


async def _found(
    ctx: RunContext, taking: Takeout, filter: TrailFilter, form: Form
) -> tuple[int, int, int]:
    """Take out what *filter* finds, newest first; returns how many events, parts, and expected."""
    ctx.progress(0, None, unit="events", phase="counting")
    stretches = await taking.stretches(filter)
    done, total = 0, await taking.count(stretches)
    parts = _Parts(ctx, f"audit.{ENDINGS[form]}.gz")
    async for piece in taking.pieces(stretches, form):
        await parts.add(piece.text)
        done += piece.events
        ctx.progress(done, total, unit="events")
    await parts.close()
    return done, parts.count, total


async def _everything(ctx: RunContext, taking: Takeout) -> tuple[int, int]:
    """Take out every leaf, oldest first; returns how many events and parts."""
    heads = await taking.heads()
    done, count, total = 0, 0, sum(head.tree_size for head in heads)
    for head in heads:
        name = "audit" if len(heads) == 1 else f"audit-e{head.epoch}"
        parts = _Parts(ctx, f"{name}.{ENDINGS['ndjson']}.gz")
        async for piece in taking.everything(head):
            await parts.add(piece.text)
            done += piece.events
            ctx.progress(done, total, unit="events")
        await parts.close()
        count += parts.count
    return done, count


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
