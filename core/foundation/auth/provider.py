"""What sign-in needs of a provider; `foundation.auth.oidc` is the one that exists."""

from typing import Protocol

from foundation.auth.person import Notice, Person
from foundation.auth.transaction import Transaction


class Provider(Protocol):
    """Proves who somebody is."""

    @property
    def problem(self) -> str | None:
        """Why it could not be asked last time, or None."""

    async def authorization_url(self, transaction: Transaction) -> str:
        """Return where to send the browser; raises `Unavailable`."""

    async def sends_iss(self) -> bool:
        """Tell whether its answers must carry ``iss`` (RFC 9207); raises `Unavailable`."""

    async def redeem(self, transaction: Transaction, *, code: str) -> Person:
        """Return who *code* stands for; raises `Refused` or `Unavailable`."""

    async def read_logout(self, raw: str) -> Notice:
        """Return whom a logout token signs out; raises `Refused` or `Unavailable`."""

    async def logout_url(self, *, id_token: str | None, back: str, state: str) -> str | None:
        """Return where to sign out there too, or None."""

    async def close(self) -> None:
        """End all connections."""
