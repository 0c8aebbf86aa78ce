"""What stands before a plugin's routes: it may keep requests out, and hears how each one ended."""

from typing import Protocol


class Ticket(Protocol):
    """Leave for one request to reach a plugin's handler."""

    def ended(self, fault: Exception | None, *, request_id: str) -> None:
        """Hear how the request ended: *fault* is an exception nobody meant, or None."""


class Keeper(Protocol):
    """Lets requests through to a plugin, or keeps them out."""

    async def admit(self, plugin: str) -> Ticket:
        """Return leave for one request; raises `Unavailable` while the plugin is kept out."""


class _AnyTicket:
    """The ticket of a keeper that does not care."""

    def ended(self, fault: Exception | None, *, request_id: str) -> None:
        """Do nothing."""


class Open:
    """A keeper that lets everybody through."""

    async def admit(self, plugin: str) -> Ticket:  # noqa: ARG002  # as `Keeper.admit`
        """Return a ticket that does nothing."""
        return _AnyTicket()
