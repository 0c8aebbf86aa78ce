"""Reach: which credential somebody has in hand, and where requests that carry it may go."""

from dataclasses import dataclass, field
from uuid import UUID

from foundation.outbound.client import HttpClient, egress_to
from foundation.secret import Secret


@dataclass(frozen=True, slots=True)
class CredentialRef:
    """A credential as others may see it: never a value."""

    id: UUID
    slug: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reach:
    """The origins a credential is for, the hosts of this network among them, what signs it in."""

    urls: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    headers: dict[str, Secret] = field(default_factory=dict)

    def client(self) -> HttpClient:
        """Return a client that signs in with the credential and is held to its origins."""
        headers = {name: value.reveal() for name, value in self.headers.items()}
        return HttpClient(egress_to(self.urls, inside=self.inside), headers=headers)
