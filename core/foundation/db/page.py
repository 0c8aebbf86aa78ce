"""Keyset pages: a cursor that survives inserts."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Integer,
    Select,
    SmallInteger,
    bindparam,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import QueryableAttribute

from foundation.db.direct import NOTHING, Prepared
from foundation.errors import BadRequest, FieldProblem

BITS, INTEGER_BITS = ((BigInteger, 63), (SmallInteger, 15)), 31
"""How many bits an integer of each type has beside its sign."""

LIMIT, AFTER = "page_limit", "page_after_"

# What is ordered by: a mapped column or an expression, of any type that has a place in a cursor.
Orderable = QueryableAttribute[Any] | ColumnElement[Any]
Column = ColumnElement[Any]


async def keyset(
    db: AsyncSession,
    select: Select[Any],  # of one entity or of several columns
    *,
    by: Sequence[Orderable],
    descending: bool,
    limit: int,
    cursor: str | None,
) -> tuple[list[Any], str | None]:
    """Return the page of *select* after *cursor*, and the cursor of the next one or None.

    *by* orders the rows: columns without NULLs, the last of them unique. Rows are entities when
    *select* asks for one, else `Row`, with the values of *by* at their end. Raises `BadRequest`
    for a cursor that is not ours, or that belongs to other filters or another order.
    """
    asked = Paged(select, by=by, descending=descending)
    return await asked.once(db, limit=limit, cursor=cursor)


class Paged:
    """A SELECT that is read page by page, as `keyset` does it, and put together only once.

    For a list that is asked for all the time: what differs from one request to the next stands in
    *select* as a ``bindparam``, whose value each page is given.
    """

    def __init__(
        self,
        select: Select[Any],  # as that of `keyset`
        *,
        by: Sequence[Orderable],
        descending: bool,
    ) -> None:
        self._select, self._descending = select, descending
        self._by = [column.expression for column in by]
        self._order = f"{[str(column) for column in self._by]} {descending}"
        self._single = len(select.column_descriptions) == 1
        self._filters: tuple[str, Mapping[str, Any]] | None = None  # values of any type

    async def page(
        self,
        db: AsyncSession,
        *,
        limit: int,
        cursor: str | None,
        given: Mapping[str, object] = NOTHING,
    ) -> tuple[list[Any], str | None]:
        """Return one page and the cursor of the next; *given* are the values of the parameters."""
        mark = self._mark(given, db.get_bind().dialect)
        values = {**given, LIMIT: limit + 1, **self._place(cursor, mark)}
        asked = self._first_prepared if cursor is None else self._later_prepared
        return self._cut(await asked.rows(db, values), limit, mark)

    async def once(
        self, db: AsyncSession, *, limit: int, cursor: str | None
    ) -> tuple[list[Any], str | None]:
        """Do as `page` for a list that is put together for this one time."""
        mark = self._mark(NOTHING, db.get_bind().dialect)
        values = {LIMIT: limit + 1, **self._place(cursor, mark)}
        asked = self._first if cursor is None else self._later
        return self._cut((await db.execute(asked, values)).all(), limit, mark)

    def _place(self, cursor: str | None, mark: str) -> dict[str, object]:
        """Return the values of the row after which the page begins."""
        place = [] if cursor is None else _read(cursor, self._by, mark)
        return {AFTER + str(n): value for n, value in enumerate(place)}

    def _cut(self, found: Sequence[Any], limit: int, mark: str) -> tuple[list[Any], str | None]:
        """Return the rows of the page, and the cursor of the next if there are more."""
        rows = found[:limit]
        more = _write(list(rows[-1][-len(self._by) :]), mark) if len(found) > limit else None
        return [row[0] if self._single else row for row in rows], more

    @cached_property
    def _first_prepared(self) -> Prepared:
        return Prepared(self._first)

    @cached_property
    def _later_prepared(self) -> Prepared:
        return Prepared(self._later)

    @cached_property
    def _first(self) -> Select[Any]:
        by = (c.desc() if self._descending else c.asc() for c in self._by)
        ordered = self._select.order_by(*by).add_columns(*self._by)
        return ordered.limit(bindparam(LIMIT, type_=Integer))

    @cached_property
    def _later(self) -> Select[Any]:
        place = tuple_(*(bindparam(AFTER + str(n), type_=c.type) for n, c in enumerate(self._by)))
        here = tuple_(*self._by)
        return self._first.where(here < place if self._descending else here > place)

    def _mark(self, given: Mapping[str, object], dialect: Dialect) -> str:
        """Return a short name of the filters and the order, to know their cursors again."""
        clause, filters = self._select.whereclause, ""
        if clause is not None:
            if self._filters is None:
                compiled = clause.compile(dialect=dialect)
                self._filters = str(compiled), compiled.params
            words, known = self._filters
            values = {name: given.get(name, value) for name, value in known.items()}
            filters = f"{words} {sorted(values.items())}"
        return hashlib.blake2b(f"{filters} {self._order}".encode(), digest_size=6).hexdigest()


def _write(values: list[object], mark: str) -> str:
    packed = json.dumps([mark, *map(_pack, values)], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def _pack(value: object) -> str | int:
    match value:
        case bool() | None:
            pass
        case datetime():
            return value.astimezone(UTC).isoformat()
        case UUID():
            return str(value)
        case str() | int():
            return value
    raise TypeError(f"a page cannot be ordered by {type(value).__name__}")


def _read(cursor: str, by: Sequence[Column], mark: str) -> list[object]:
    """Return the values in *cursor*; whatever is not exactly ours raises `BadRequest`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        words = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        if not isinstance(words, list) or len(words) != len(by) + 1:
            raise ValueError("the shape is wrong")
        if words[0] != mark:
            raise ValueError("it belongs to another list")
        return [_unpack(word, column) for word, column in zip(words[1:], by, strict=True)]
    except (ValueError, binascii.Error, RecursionError) as bad:
        problem = FieldProblem("query:cursor", "start again without a cursor", code="cursor")
        raise BadRequest("The cursor does not belong to this list.", errors=[problem]) from bad


def _unpack(word: object, column: Column) -> object:
    kind = column.type.python_type
    if kind is int and type(word) is int:
        bits = next((b for t, b in BITS if isinstance(column.type, t)), INTEGER_BITS)
        if -(1 << bits) <= word < 1 << bits:
            return word
    elif isinstance(word, str) and "\0" not in word:
        if kind is str:
            word.encode()  # a lone surrogate is a ValueError, too
            return word
        if kind is UUID:
            return UUID(word)
        if kind is datetime:
            return _moment(word)
    raise ValueError(f"{word!r} is no {kind.__name__}")


def _moment(word: str) -> datetime:
    moment = datetime.fromisoformat(word)
    if moment.tzinfo is not UTC:
        raise ValueError("the time is not in UTC")
    return moment
