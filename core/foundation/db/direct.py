"""Reads on a hot path: put together once, and asked of the driver itself, on a pooled connection.

What SQLAlchemy does around a statement costs more than the statement: events, a result, a
transaction that is none. Here its pool lends a connection for one SELECT, which sends nothing else.
"""

import time
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import asyncpg
from sqlalchemy import ColumnElement, Dialect, Numeric, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import QueryableAttribute
from sqlalchemy.pool import PoolProxiedConnection

from foundation.db.address import Unreachable

NOTHING: Mapping[str, object] = MappingProxyType({})

Spell = Callable[[Any], Any]  # from a value to what the driver takes or a caller gets


class Lost(Exception):
    """The driver could not do it, and SQLAlchemy is to say why: most often a dead connection."""


class Asking:
    """Asks the driver; one object for each pool.

    *observe* and *acting* are those of `Database`: what is told, signed and timed is the same.
    """

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        observe: Callable[[float], None] | None,
        acting: Callable[[], str | None],
    ) -> None:
        self._engine, self._observe, self._acting = engine, observe, acting
        self.dialect: Dialect = engine.dialect

    async def records(self, sql: str, values: Sequence[object]) -> list[Any]:  # the driver's own
        """Return what *sql* finds, each statement on its own: no transaction is begun.

        Raises what a session raises, and `Lost` where a session is to find out.
        """
        plugin = self._acting()
        signed = f"{sql} /* plugin={plugin} */" if plugin else sql
        began = time.perf_counter()
        held = await self._engine.raw_connection()
        try:
            driver: Any = held.driver_connection  # asyncpg's own, which is untyped
            found: list[Any] = await driver.fetch(signed, *values)
        except Exception as fault:
            raise _told(held, fault) from fault
        except BaseException:  # a cancellation: what it was in is not over
            held.invalidate()
            raise
        finally:
            held.close()
            if self._observe is not None:
                self._observe(time.perf_counter() - began)
        return found


def _told(held: PoolProxiedConnection, fault: Exception) -> Exception:
    """Return what a caller is told of *fault*; nobody gets a connection that is not sound."""
    driver: Any = held.driver_connection
    if isinstance(fault, TimeoutError):
        held.invalidate()
        return Unreachable("a command had no answer within 10 s")
    if driver.is_closed():
        held.invalidate()
        return Lost()
    if not isinstance(fault, asyncpg.PostgresError):
        return Lost()
    return DBAPIError(None, None, fault, hide_parameters=True)


class ReadingSession(AsyncSession):
    """A session in autocommit, with the way past SQLAlchemy for statements put together before."""

    def __init__(self, *given: Any, asking: Asking, **named: Any) -> None:  # as the class above
        super().__init__(*given, **named)
        self.asking = asking


class Prepared:
    """A SELECT that is asked for all the time, compiled once.

    What differs from one request to the next stands in *select* as a ``bindparam``. One that asks
    for entities, or holds a list of any length, is left to SQLAlchemy.
    """

    def __init__(self, select: Select[Any]) -> None:
        self._select = select
        self._made: _Made | None = None

    async def rows(self, db: AsyncSession, given: Mapping[str, object] = NOTHING) -> Sequence[Any]:
        """Return the rows, each a tuple whose values have names, too.

        A session that has a connection already is asked by SQLAlchemy on that one: in a
        transaction it is what sees its changes, and no request holds two.
        """
        if isinstance(db, ReadingSession) and not db.in_transaction():
            made = self._made = self._made or _Made(self._select, db.asking.dialect)
            if made.is_plain:
                with suppress(Lost):
                    return made.rows(await db.asking.records(made.sql, made.arguments(given)))
        rows: Sequence[Any] = (await db.execute(self._select, dict(given))).all()
        return rows


class _Made:
    """The text of a statement, its values in the order of the text, and what its rows become."""

    def __init__(self, select: Select[Any], dialect: Dialect) -> None:
        compiled = select.compile(dialect=dialect)
        columns = [*select.selected_columns]
        self.sql = str(compiled)
        self._names = tuple(compiled.positiontup or ())
        binds = [compiled.binds[name] for name in self._names]
        self.is_plain = not any(bind.expanding for bind in binds) and all(
            isinstance(asked["expr"], ColumnElement | QueryableAttribute)
            and not isinstance(asked["type"], Numeric)  # read by what the server says it is
            for asked in select.column_descriptions
        )
        self._known = {
            name: compiled.params[name]
            for name, bind in zip(self._names, binds, strict=True)
            if not bind.required
        }
        self._spells = _spells(
            bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds
        )
        self._reads = _spells(
            column.type.dialect_impl(dialect).result_processor(dialect, None)
            for column in columns
            if self.is_plain
        )
        make: Any = namedtuple  # noqa: PYI024  # its names are known only here
        # A column that stands there twice has its name only the first time.
        row = make("Row", [str(column.key) for column in columns], rename=True)
        self._row: Spell = row._make

    def arguments(self, given: Mapping[str, object]) -> list[object]:
        """Return the values as the driver takes them."""
        values = {**self._known, **given}
        return _spelled([values[name] for name in self._names], self._spells)

    def rows(self, found: Iterable[Iterable[Any]]) -> list[Any]:
        """Return what the driver found as rows."""
        if self._reads:
            found = (_spelled([*record], self._reads) for record in found)
        return [*map(self._row, found)]


def _spells(each: Iterable[Spell | None]) -> tuple[tuple[int, Spell], ...]:
    return tuple((at, spell) for at, spell in enumerate(each) if spell)


def _spelled(values: list[Any], spells: Iterable[tuple[int, Spell]]) -> list[Any]:
    for at, spell in spells:
        values[at] = spell(values[at])
    return values
