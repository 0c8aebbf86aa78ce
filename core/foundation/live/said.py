"""What a topic has to say: messages read from the tables, each with the place it reaches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True, slots=True)
class Said:
    """One message; *place*, if any, is where to go on after it."""

    kind: str
    data: Mapping[str, Any]  # JSON
    place: str | None = None


@dataclass(frozen=True, slots=True)
class News:
    """What was read: messages in their order, the place reached, and whether more is there."""

    said: tuple[Said, ...]
    place: str | None
    more: bool = False


class Source(Protocol):
    """Reads what a topic has said since a place: whoever goes on there misses nothing."""

    async def read(self, db: AsyncSession, ref: str, after: str | None) -> News:
        """Return what came after *after* of *ref*; without a place, where things stand now."""
