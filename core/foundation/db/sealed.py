"""Tables that hold sealed values: how core finds them, and the place each row is bound to.

A plugin marks its table with ``{"info": {SEALED: SealedPlace(...)}}``. What has a column
``wdek`` and no mark is seen when a key is retired, and cannot be rewrapped.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table

SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """Which columns name a row's place, and an expression for the type it is bound to."""

    thing: str
    version: str
    field: str
    type: ColumnElement[str]


class NoPlace(LookupError):
    """A table holds sealed values and does not say what they are bound to."""


def holds_sealed(table: Table) -> bool:
    """Tell whether *table* holds sealed values."""
    return "wdek" in table.c and "kid" in table.c


def sealed_tables(tables: Iterable[Table]) -> list[Table]:
    """Return those of *tables* that hold sealed values, by name."""
    return sorted((table for table in tables if holds_sealed(table)), key=lambda table: table.key)


def place_of(table: Table) -> SealedPlace:
    """Return what the rows of *table* are bound to; raises `NoPlace`."""
    found = table.info.get(SEALED)
    if not isinstance(found, SealedPlace):
        raise NoPlace(f"{table.key} holds sealed values and does not mark their place")
    return found
