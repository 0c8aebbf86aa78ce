"""Shred: destroy the values of credentials that were deleted long enough ago."""

from foundation.sdk import Context
from foundation_credentials import events, repository
from foundation_credentials.service import look


async def shred_due(ctx: Context) -> None:
    """Destroy a few whose time is over; called by every change, so none waits for a job of its own.

    Their data keys are deleted: no row can be opened again, whatever the ring has.
    """
    for row in await repository.due_for_shredding(ctx.db, now=ctx.clock.now()):
        names = {field for _, field in await repository.sealed_names(ctx.db, row)}
        await repository.destroy_values(ctx.db, row)
        row.plain, row.notes = {}, ""
        row.shredded_at = ctx.clock.now()
        ctx.record(
            events.SHREDDED(
                look.target(row), slug=row.slug, kind=row.kind, fields=tuple(sorted(names))
            )
        )
