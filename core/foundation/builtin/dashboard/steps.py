"""First steps: what all plugins' checklists name, in one card, until it is done or put away."""

from collections.abc import Iterable

from foundation.builtin.dashboard.events import FAMILY, PUT_AWAY
from foundation.builtin.dashboard.schemas import CardView
from foundation.http.context import Context
from foundation.plugins.board import Card
from foundation.plugins.shapes import Checklist, Step
from foundation.ports import TrailFilter, trail

CARD = "dashboard.first_steps"


def steps_of(cards: Iterable[Card]) -> tuple[Step, ...]:
    """Return the steps of all checklists, in their order."""
    shown = [card.shown for card in cards]
    return tuple(step for one in shown if isinstance(one, Checklist) for step in one.steps)


async def card_of(ctx: Context, steps: tuple[Step, ...]) -> CardView | None:
    """Return the card, or None when nothing is left to do or it was put away."""
    if all(step.done for step in steps) or await is_put_away(ctx):
        return None
    return CardView(
        id=CARD, plugin="dashboard", title="First steps", size="l", shown=Checklist(steps=steps)
    )


async def is_put_away(ctx: Context) -> bool:
    """Tell whether whoever asks has put the card away, which the trail remembers."""
    mine = TrailFilter(actor=str(ctx.principal.id), type=FAMILY)
    last, _ = await ctx.get(trail).page(mine, limit=1)
    return bool(last) and last[0].type == PUT_AWAY.name
