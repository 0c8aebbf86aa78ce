"""What the dashboard shows: the cards of all plugins, health first, then the first steps."""

from foundation.builtin.dashboard import events, steps
from foundation.builtin.dashboard.schemas import CardView, DashboardView
from foundation.http.context import Context
from foundation.plugins.board import Card, board
from foundation.plugins.shapes import Checklist

HEALTH = "dashboard.health"


async def look(ctx: Context) -> DashboardView:
    """Return the dashboard of whoever asks."""
    found = await ctx.get(board).look(ctx)
    first = await steps.card_of(ctx, steps.steps_of(found))
    cards = [_view(card) for card in found if not isinstance(card.shown, Checklist)]
    if first is not None:
        cards.insert(1 if cards and cards[0].id == HEALTH else 0, first)
    return DashboardView(
        cards=cards,
        at=ctx.clock.now(),
        request_id=ctx.request_id,
    )


async def put_away(ctx: Context) -> None:
    """Show the first steps no more to whoever asks, until they bring them back."""
    if not await steps.is_put_away(ctx):
        ctx.record(events.PUT_AWAY())


async def bring_back(ctx: Context) -> None:
    """Show the first steps again, as far as they are not done."""
    if await steps.is_put_away(ctx):
        ctx.record(events.BROUGHT_BACK())


def _view(card: Card) -> CardView:
    return CardView(
        id=card.id,
        plugin=card.plugin,
        title=card.widget.title,
        size=card.widget.size,
        to=card.widget.to or None,
        shown=card.shown,
        error=card.error or None,
    )
