"""One slot: the place of a worker, through crashes, waiting and the change of generations."""

import socket
from collections import deque
from dataclasses import dataclass, field

from foundation.supervisor.child import Child, Recipe
from foundation.supervisor.hold import Hold
from foundation.supervisor.timing import CRASHES, Timing


@dataclass(slots=True, eq=False)
class Slot:
    """*current* serves, *coming* is the next generation, *leaving* ones drain."""

    index: int
    recipe: Recipe
    hold: Hold
    timing: Timing
    listener: socket.socket | None = None
    current: Child | None = None
    coming: Child | None = None
    leaving: list[Child] = field(default_factory=list)
    generation: int = 0
    crashes: int = 0
    restart_at: float | None = None
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=CRASHES))

    @property
    def children(self) -> list[Child]:
        """Every process of this slot."""
        present = (self.current, self.coming)
        return [child for child in present if child is not None] + self.leaving

    @property
    def is_ready(self) -> bool:
        """Whether somebody serves here."""
        return self.current is not None and self.current.ready_at is not None

    def start(self, now: float) -> Child:
        """Start the worker of the present generation."""
        self.restart_at = None
        self.current = self._spawn(now)
        return self.current

    def start_next(self, now: float) -> Child | None:
        """Start the next generation beside the present one, on the same socket.

        None while one of two generations ago still drains: it has the same metric files.
        """
        if self.leaving:
            return None
        self.generation += 1
        self.coming = self._spawn(now)
        return self.coming

    def promote(self, now: float) -> None:
        """Let the next generation serve, and the present one drain."""
        if self.current is not None:
            self.current.stop(now)
            self.leaving.append(self.current)
        self.current, self.coming = self.coming, None
        self.crashes = 0

    def give_up_next(self, now: float) -> None:
        """Keep the present generation, or start it anew: the next one could not start."""
        self.coming = None
        self.generation -= 1
        if self.current is None:
            self.restart_at = now + self.timing.delay(self.crashes)

    def crashed(self, child: Child, now: float) -> float:
        """Note the death of the present worker, and return how long the slot waits now.

        Its socket is closed: the kernel would go on sending it connections, and they would wait
        until the next worker is ready. That one gets a new socket, and listens when it is.
        """
        lived = 0.0 if child.ready_at is None else now - child.ready_at
        if lived >= self.timing.healthy:
            self.crashes = 0
        if child.ready_at is None:
            self.crashes = max(self.crashes, 1)
        delay = self.timing.delay(self.crashes)
        self.crashes += 1
        self.deaths.append(now)
        self.current = None
        if self.coming is not None:  # the next generation takes the place when it is ready
            return 0.0
        self.restart_at = now + delay
        self.close()
        return delay

    def is_looping(self, now: float) -> bool:
        """Whether it crashed `CRASHES` times within the time that counts as healthy."""
        return len(self.deaths) == CRASHES and now - self.deaths[0] <= self.timing.healthy

    def close(self) -> None:
        """Close our copy of the socket; with no worker on it, the kernel forgets it."""
        if self.listener is not None:
            self.listener.close()
            self.listener = None

    @property
    def series(self) -> int:
        """The name of the metric files of the present generation."""
        return 2 * self.index + self.generation % 2

    def listening(self) -> socket.socket:
        """Return the socket of this slot, made when it has none."""
        if self.listener is None:
            self.listener = self.hold.listener()
        return self.listener

    def _spawn(self, now: float) -> Child:
        return self.recipe.start(
            listener=self.listening(), slot=self.index, series=self.series, now=now
        )
