"""Where each part of the picture listens, all on this machine."""

from dataclasses import dataclass

from .program import free_ports

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ports:
    """Where each part listens."""

    https: int
    http: int
    health: int
    api: int
    web: int
    redis: int
    provider: int

    @classmethod
    def free(cls) -> "Ports":
        """Return ports that are free now, each another one."""
        return cls(*free_ports(7))
