"""The board: asks every widget that somebody may see, at the same time and within one deadline.

What one of them breaks or keeps waiting is its own card; the others stand.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import get_args

from foundation.db.engine import Database
from foundation.errors import FoundationError
from foundation.http.context import Context
from foundation.plugins.contributions import Offer, Widget
from foundation.plugins.registry import Registry
from foundation.plugins.shapes import Shown
from foundation.plugins.warden import Warden
from foundation.ports import Port
from foundation.telemetry.acting import acting

DEADLINE_S = 8.0
AT_ONCE = 3
"""Connections one request takes for its widgets: the pool is everybody's."""

KEPT_S = 10.0
MOST_KEPT = 200

FAILED = "It failed; the log has the reason under this request id."
LATE = "It did not answer in time."
AWAY = "It failed too often and rests for a while."


@dataclass(frozen=True, slots=True)
class Card:
    """A widget and what it showed, or in *error* why not."""

    plugin: str
    widget: Widget
    shown: Shown | None = None
    error: str = ""
    fault: Exception | None = None
    is_probe: bool = False

    @property
    def id(self) -> str:
        """Its name over all plugins."""
        return f"{self.plugin}.{self.widget.key}"


Kept = dict[tuple[str, frozenset[str]], tuple[float, Card]]


@dataclass(frozen=True, slots=True)
class Board:
    """Looks at widgets for somebody; one for each worker."""

    registry: Registry
    database: Database
    warden: Warden
    deadline_s: float = DEADLINE_S
    monotonic: Callable[[], float] = time.monotonic
    kept: Kept = field(default_factory=dict)

    async def look(self, ctx: Context) -> list[Card]:
        """Return a card for each widget that whoever asks may see and that has something to show.

        They come in their order. One that is late is cancelled, and waited for no longer.
        """
        gate = asyncio.Semaphore(AT_ONCE)
        tasks = {
            asyncio.create_task(self._card(ctx, plugin, widget, gate)): (plugin, widget)
            for plugin, widget in self.warden.marked(self.registry).widgets
            if ctx.principal.may(widget.needs)
        }
        if not tasks:
            return []
        done, late = await asyncio.wait(tasks, timeout=self.deadline_s)
        cards = [task.result() for task in done]
        for task in late:
            plugin, widget = tasks[task]
            task.cancel()
            fault = TimeoutError(f"widget {plugin}.{widget.key} did not answer")
            cards.append(Card(plugin, widget, error=LATE, fault=fault))
        # Only now: writing out what was raised takes time that is not the other widgets'.
        for card in cards:
            self._tell(ctx, card)
        shown = [card for card in cards if card.shown is not None or card.error]
        return sorted(shown, key=lambda card: (card.widget.order, card.id))

    async def _card(
        self, ctx: Context, plugin: str, widget: Widget, gate: asyncio.Semaphore
    ) -> Card:
        about = (f"{plugin}.{widget.key}", ctx.principal.permissions)
        kept = self.kept.get(about)
        if kept is not None and kept[0] > self.monotonic():
            return kept[1]
        async with gate:
            card = await self._asked(ctx, plugin, widget)
        if widget.shared and not card.error:
            self._keep(about, card)
        return card

    async def _asked(self, ctx: Context, plugin: str, widget: Widget) -> Card:
        part = _part(widget)
        is_kept = self.warden.is_kept(plugin, part)
        if is_kept and not await self.warden.may_probe(plugin, part):
            return Card(plugin, widget, error=AWAY)
        try:
            with acting(plugin):
                async with self.database.reading() as db:
                    shown = await widget.look(replace(ctx.acting_as(plugin), db=db))
            if shown is not None and not isinstance(shown, get_args(Shown)):
                raise TypeError(f"a widget shows one of the shapes, not a {type(shown).__name__}")
        except FoundationError as refused:  # meant: a part that is away, say
            return Card(plugin, widget, error=refused.detail or refused.title)
        except Exception as fault:  # noqa: BLE001  # one card's, and told there
            return Card(plugin, widget, error=FAILED, fault=fault, is_probe=is_kept)
        if not self._is_builtin(plugin):
            self.warden.part_ended(plugin, part, None, is_probe=is_kept)
        return Card(plugin, widget, shown)

    def _tell(self, ctx: Context, card: Card) -> None:
        if card.fault is None:
            return
        log = ctx.acting_as(card.plugin).log
        log.error("widget_failed", widget=card.id, exc_info=card.fault)
        if not self._is_builtin(card.plugin):  # core's own are never put away
            part = _part(card.widget)
            self.warden.part_ended(card.plugin, part, card.fault, is_probe=card.is_probe)

    def _is_builtin(self, plugin: str) -> bool:
        found = self.registry.find(plugin)
        return found is not None and found.builtin

    def _keep(self, about: tuple[str, frozenset[str]], card: Card) -> None:
        now = self.monotonic()
        for old in [key for key, (until, _) in self.kept.items() if until <= now]:
            del self.kept[old]
        if len(self.kept) < MOST_KEPT:
            self.kept[about] = (now + KEPT_S, card)


def _part(widget: Widget) -> str:
    return f"widget:{widget.key}"


board = Port[Board]("core.board", 1)


def board_offer(registry: Registry, database: Database, warden: Warden) -> Offer[Board]:
    """Return the offer of `board`, which keeps what is shared for a few seconds."""
    one = Board(registry, database, warden)
    return Offer(board, lambda _ctx: one)
