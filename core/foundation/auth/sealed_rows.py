"""Reads what is sealed in any table: the columns of a value, with the place it is bound to."""

from typing import Any

from sqlalchemy import Row, Select, Table, literal, select, tuple_

from foundation.crypto.envelope import Binding, SealedValue
from foundation.db.sealed import place_of


def sealed_rows(  # columns of any type
    table: Table, *, after: Row[Any] | None = None
) -> Select[Any]:
    """Select the sealed rows of *table* in the order of its key, those after one of them only.

    Raises `NoPlace` for a table that does not say what its rows are bound to.
    """
    place, columns = place_of(table), table.c
    keys = tuple(table.primary_key.columns)
    asked = (
        select(
            *keys,
            *(columns[name] for name in ("fmt", "kid", "wnonce", "wdek", "nonce", "ct")),
            columns[place.thing].label("bound_thing"),
            columns[place.version].label("bound_version"),
            columns[place.field].label("bound_field"),
            place.type.label("bound_type"),
        )
        .where(columns.kid != "")
        .order_by(*keys)
    )
    if after is None:
        return asked
    passed = (literal(part) for part in after[: len(keys)])
    return asked.where(tuple_(*keys) > tuple_(*passed))


def sealed_of(row: Row[Any]) -> tuple[SealedValue, Binding]:
    """Return the value in a row of `sealed_rows`, and what it is bound to."""
    value = SealedValue(row.fmt, row.kid, row.wnonce, row.wdek, row.nonce, row.ct)
    return value, Binding(row.bound_thing, row.bound_version, row.bound_field, row.bound_type)
