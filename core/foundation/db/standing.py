"""How the tables in the database and the code stand to each other, by generations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from foundation.db.history import BadHistory, History, Owner, read_history
from foundation.db.model import SchemaInfo

State = Literal["current", "behind", "absent", "newer", "incompatible", "broken"]


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the database says of one owner: its revision, that one's place, and who may read it."""

    revision: str
    generation: int
    readable_from: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One owner's tables against its code.

    *behind* and *absent* want ``foundation db upgrade``; *newer* tables still serve this code,
    *incompatible* ones do not; *broken* is a fault in the owner's revision files.
    """

    owner: str
    state: State
    revision: str | None = None
    head: str | None = None
    pending: int = 0
    reason: str = ""

    @property
    def ok(self) -> bool:
        """Whether the code can run on these tables."""
        return self.state in {"current", "newer"}


async def compare(
    db: AsyncConnection | AsyncSession, owners: Sequence[Owner]
) -> tuple[Standing, ...]:
    """Compare the code of *owners* with what the database has recorded; changes nothing."""
    recorded = await read_recorded(db)
    return tuple(_standing(owner, recorded.get(owner.id)) for owner in owners)


async def read_recorded(db: AsyncConnection | AsyncSession) -> dict[str, Recorded]:
    """Return what the database says of each owner; nothing before core's first migration."""
    if await db.scalar(text("SELECT to_regclass('foundation.schema_info')::text")) is None:
        return {}
    row = SchemaInfo
    rows = await db.execute(select(row.owner, row.revision, row.generation, row.readable_from))
    return {owner: Recorded(revision, place, since) for owner, revision, place, since in rows}


def _standing(owner: Owner, recorded: Recorded | None) -> Standing:
    try:
        return judge(read_history(owner), recorded)
    except BadHistory as bad:
        return Standing(owner.id, "broken", reason=str(bad))


def judge(history: History, recorded: Recorded | None) -> Standing:
    """Return how code with *history* stands to tables that are *recorded* so.

    Older code may run on newer tables down to their ``readable_from``; nothing is downgraded
    on its own.
    """
    owner, head = history.owner.id, history.head
    if recorded is None:
        return Standing(owner, "absent", None, head, history.generation)
    if recorded.revision in history.revisions:
        pending = history.after(recorded.revision)
        return Standing(owner, "behind" if pending else "current", recorded.revision, head, pending)
    if recorded.readable_from <= history.generation < recorded.generation:
        return Standing(owner, "newer", recorded.revision, head)
    reason = (
        f"the database has {recorded.revision}, which this version does not know; "
        "install a newer one"
    )
    return Standing(owner, "incompatible", recorded.revision, head, reason=reason)
