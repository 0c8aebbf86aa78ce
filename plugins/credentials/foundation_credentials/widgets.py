"""The widgets of credentials: what wants doing with them, and the first one."""

from foundation.sdk import Checklist, Context, Figure, Figures, Step, Widget
from foundation_credentials import repository
from foundation_credentials.permissions import READ, WRITE

LIST = "/s/credentials"


async def attention(ctx: Context) -> Figures:
    """Return how many want something done, each counted as the list behind it shows them."""
    now = ctx.clock.now()
    broken, overdue, due = [
        await repository.count_shown(ctx.db, show, now=now)
        for show in ("broken", "overdue", "expiring")
    ]
    return Figures(
        items=(
            Figure(
                label="Unreadable",
                value=broken,
                to=f"{LIST}?show=broken",
                tone="bad" if broken else "neutral",
            ),
            Figure(
                label="Overdue",
                value=overdue,
                to=f"{LIST}?show=overdue",
                tone="bad" if overdue else "neutral",
            ),
            Figure(
                label="Due in 30 days",
                value=due,
                to=f"{LIST}?show=expiring",
                tone="warn" if due else "neutral",
            ),
        )
    )


async def first_steps(ctx: Context) -> Checklist:
    """Return whether a credential is kept."""
    step = Step(
        title="Keep a credential",
        detail="Its values are sealed; a plugin that was granted it can use them.",
        done=await repository.count(ctx.db) > 0,
        to=f"{LIST}/new",
    )
    return Checklist(steps=(step,))


ALL = (
    Widget(
        key="attention",
        title="Credentials to look after",
        look=attention,
        needs=READ,
        order=10,
        to=LIST,
    ),
    Widget(key="first_steps", title="Credentials", look=first_steps, needs=WRITE, order=91),
)
