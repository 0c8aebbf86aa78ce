"""Moves sealed values to the active key, a batch a transaction.

It may be interrupted, run twice and run in parallel: a batch takes rows that nobody else has,
and a row changes only if it is still the one that was read. What does not open stays as it is
and is counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, update
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.audit.events import Target
from foundation.auth import key_events
from foundation.auth.key_life import Record
from foundation.auth.sealed_rows import sealed_of, sealed_rows
from foundation.crypto.envelope import Binding, SealedValue
from foundation.crypto.ring import KeyRing, SealBroken, SubRing
from foundation.db.engine import Database

BATCH = 200

Renew = Callable[[SubRing, SealedValue, Binding], SealedValue]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many values of *table* moved, and how many could not be opened."""

    table: str
    values: int
    broken: int


def rewrapped(ring: SubRing, sealed: SealedValue, binding: Binding) -> SealedValue:
    """Wrap the data key anew; the value is not opened."""
    return ring.rewrap(sealed, binding)


def reencrypted(ring: SubRing, sealed: SealedValue, binding: Binding) -> SealedValue:
    """Open the value and seal it under a data key of its own, for after a leak."""
    return ring.seal(ring.open(sealed, binding), binding)


async def move(
    database: Database,
    ring: KeyRing,
    table: Table,
    *,
    record: Record,
    renew: Renew = rewrapped,
    batch: int = BATCH,
) -> Outcome:
    """Move the values of *table* that are not under the active key; with `reencrypted`, all.

    Raises `NoPlace` for a table that does not say what its rows are bound to, and `VaultSealed`.
    """
    after: Row[Any] | None = None
    moved = broken = 0
    while True:
        async with database.transaction() as db:
            step = _Step(db, ring, table, renew)
            rows = await step.rows(after, batch)
            if not rows:
                return Outcome(table.key, moved, broken)
            good = [await step.renew(row) for row in rows]
            values, bad = sum(good), len(good) - sum(good)
            record(db, step.event(values, bad))
            after = rows[-1]
            moved, broken = moved + values, broken + bad


@dataclass(frozen=True, slots=True)
class _Step:
    db: AsyncSession
    ring: KeyRing
    table: Table
    how: Renew

    @property
    def keys(self) -> tuple[ColumnElement[Any], ...]:  # columns of any type
        return tuple(self.table.primary_key.columns)

    async def rows(self, after: Row[Any] | None, batch: int) -> list[Row[Any]]:
        """Return the next rows that want moving and that nobody else has."""
        found = sealed_rows(self.table, after=after)
        if self.how is rewrapped:
            found = found.where(self.table.c.kid != self.ring.active)
        found = found.limit(batch).with_for_update(of=self.table, skip_locked=True)
        return list(await self.db.execute(found))

    async def renew(self, row: Row[Any]) -> bool:
        """Move one row; returns whether it opened."""
        old, where = sealed_of(row)
        schema = self.table.schema
        assert schema is not None  # every table lies in the schema of its owner
        try:
            new = self.how(self.ring.for_plugin(schema), old, where)
        except SealBroken:
            if "state" in self.table.c:
                await self._change(row, {"state": "broken"})
            return False
        parts = ("kid", "wnonce", "wdek", "nonce", "ct")
        await self._change(row, {part: getattr(new, part) for part in parts})
        return True

    async def _change(self, row: Row[Any], values: dict[str, Any]) -> None:
        """Change a row if it is still the one that was read."""
        changed = update(self.table).where(self.table.c.wdek == row.wdek)
        for column, part in zip(self.keys, row, strict=False):
            changed = changed.where(column == part)
        await self.db.execute(changed.values(**values))

    def event(self, values: int, broken: int) -> Any:  # an Event
        type_ = key_events.REWRAPPED if self.how is rewrapped else key_events.REENCRYPTED
        target = Target("key", self.ring.active, self.ring.active)
        return type_(target, table=self.table.key, values=values, broken=broken)
