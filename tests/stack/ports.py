"""Where each part of the picture listens, all on this machine."""

from dataclasses import dataclass, field

from .program import free_port

LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class Ports:
    """Where each part listens."""

    https: int = field(default_factory=free_port)
    http: int = field(default_factory=free_port)
    health: int = field(default_factory=free_port)
    api: int = field(default_factory=free_port)
    web: int = field(default_factory=free_port)
    redis: int = field(default_factory=free_port)
