"""The time in tests: the machine's, moved on by hand."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from foundation.clock import Clock, SystemClock


@dataclass(slots=True)
class MovableClock:
    """A clock that goes as the machine's does until a test moves it forward."""

    inner: Clock = field(default_factory=SystemClock)
    ahead: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the machine's time and what it was moved by."""
        return self.inner.now() + self.ahead

    def forward(self, **by: float) -> datetime:
        """Move on, as in ``clock.forward(minutes=6)``, and return the new time."""
        self.ahead += timedelta(**by)
        return self.now()
