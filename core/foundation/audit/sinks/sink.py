"""What a sink is: somebody outside who is told events, batch by batch, in their order."""

from typing import Protocol

from foundation.audit.sinks.story import Batch


class SinkRefused(Exception):
    """A sink did not take a batch; it is told again. The text names no key and no address."""


class Sink(Protocol):
    """Takes batches; whoever calls it bounds the time and repeats what was not taken."""

    @property
    def name(self) -> str:
        """Its name in the settings."""

    async def send(self, batch: Batch) -> None:
        """Hand *batch* over whole; raises `SinkRefused` or `OSError` when it was not taken."""
