"""Keyset pages: a cursor that survives inserts."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Dialect, Select, SmallInteger, literal, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import QueryableAttribute

from foundation.errors import BadRequest, FieldProblem

BITS, INTEGER_BITS = ((BigInteger, 63), (SmallInteger, 15)), 31
"""How many bits an integer of each type has beside its sign."""

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
    columns = [column.expression for column in by]
    mark = _mark(select, columns, descending=descending, dialect=db.get_bind().dialect)
    ordered = select.order_by(*(c.desc() if descending else c.asc() for c in columns))
    if cursor is not None:
        values = _read(cursor, columns, mark)
        place = tuple_(*(literal(v, c.type) for v, c in zip(values, columns, strict=True)))
        here = tuple_(*columns)
        ordered = ordered.where(here < place if descending else here > place)
    single = len(select.column_descriptions) == 1
    found = (await db.execute(ordered.add_columns(*columns).limit(limit + 1))).all()
    rows = found[:limit]
    more = _write(list(rows[-1][-len(columns) :]), mark) if len(found) > limit else None
    return [row[0] if single else row for row in rows], more


def _mark(select: Select[Any], by: Sequence[Column], *, descending: bool, dialect: Dialect) -> str:
    """Return a short name of the filters and the order, to know their cursors again."""
    clause = select.whereclause
    filters = ""
    if clause is not None:
        compiled = clause.compile(dialect=dialect)
        filters = f"{compiled} {sorted(compiled.params.items())}"
    words = f"{filters} {[str(column) for column in by]} {descending}"
    return hashlib.blake2b(words.encode(), digest_size=6).hexdigest()


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
