"""Budget: how often somebody may do a thing in a minute, counted by the audit trail itself."""

from datetime import timedelta

from foundation.ports import TrailFilter, trail
from foundation.sdk import Context, EventType, TooMany
from foundation_credentials import repository

WINDOW = timedelta(minutes=1)


async def spend(ctx: Context, type_: EventType, *, most: int) -> None:
    """Raise `TooMany` when whoever asks did this *most* times within the last minute.

    One after the other for each person, so that many requests at once do not slip through.
    """
    who = str(ctx.principal.id)
    await repository.one_at_a_time(ctx.db, f"{type_.name}/{who}")
    since = ctx.clock.now() - WINDOW
    seen, _ = await ctx.get(trail).page(
        TrailFilter(actor=who, type=type_.name, since=since), limit=most
    )
    if len(seen) >= most:
        raise TooMany(
            f"at most {most} in a minute", headers={"Retry-After": str(int(WINDOW.total_seconds()))}
        )
