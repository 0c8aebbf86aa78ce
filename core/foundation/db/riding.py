"""Rows that ride with the next flush of a session: one statement for all, past the unit of work.

For rows that are only ever added, and by every transaction: to the unit of work such a row costs
several times what it costs the database.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import Table, event, insert, make_url
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

Row = tuple[Any, ...]  # values as the driver takes them


@dataclass(frozen=True, slots=True, eq=False)
class Insertion:
    """The INSERT of a row of *table* as the driver takes it; *names* are its values in order."""

    table: Table
    names: tuple[str, ...]
    sql: str
    _spelled: tuple[tuple[int, Callable[[Any], Any]], ...] = field(repr=False)

    @classmethod
    def into(cls, table: Table, *, but: Collection[str] = ()) -> Self:
        """Return the INSERT of every column *but* those that the database fills in."""
        dialect = make_url("postgresql+asyncpg://").get_dialect()()
        keys = [name for name in table.columns.keys() if name not in but]  # noqa: SIM118  # no dict
        compiled = insert(table).inline().compile(dialect=dialect, column_keys=keys)
        names = tuple(compiled.positiontup or ())
        kinds = [table.c[name].type.dialect_impl(dialect) for name in names]
        spells = [(at, kind.bind_processor(dialect)) for at, kind in enumerate(kinds)]
        return cls(table, names, str(compiled), tuple((at, one) for at, one in spells if one))

    def row(self, values: Mapping[str, Any]) -> Row:
        """Return *values* in order, each spelled as the driver takes it."""
        found = [values[name] for name in self.names]
        for at, spell in self._spelled:
            found[at] = spell(found[at])
        return tuple(found)


class WritingSession(Session):
    """A session that writes; what rides in it is written with its next flush.

    A savepoint begins with a flush, so what waits when one is rolled back was added after it and
    goes with it.
    """

    def __init__(self, *given: Any, **named: Any) -> None:  # as the class above takes them
        super().__init__(*given, **named)
        self.waiting: dict[Insertion, list[Row]] = {}
        self.ridden: set[Table] = set()

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what changed, then what rides; what failed waits on, so that a commit fails too."""
        super().flush(objects)
        for insertion, rows in [*self.waiting.items()]:
            given = rows if len(rows) > 1 else rows[0]
            self.connection().exec_driver_sql(insertion.sql, given)
            self.ridden.add(insertion.table)
            del self.waiting[insertion]


@event.listens_for(WritingSession, "after_soft_rollback")
def _drop(session: WritingSession, _transaction: object) -> None:
    session.waiting.clear()


def ride(db: AsyncSession, insertion: Insertion, values: Mapping[str, Any]) -> None:
    """Let a row ride with the next flush of *db*: kept with it, undone with it.

    Raises `TypeError` for a session that only reads.
    """
    session = db.sync_session
    if not isinstance(session, WritingSession):
        raise TypeError("a session that only reads carries no row")
    session.waiting.setdefault(insertion, []).append(insertion.row(values))


def has_ridden(session: Session, table: Table) -> bool:
    """Tell whether a row of *table* has ridden with a flush of *session*."""
    return isinstance(session, WritingSession) and table in session.ridden
