"""A row of the trail as its leaf sees it: the envelope as plain JSON, and what may be erased."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from foundation.audit.models import AuditRow
from foundation.audit.proof.leaf import ERASABLE, FIELDS

Columns = RowMapping | dict[str, Any]  # the columns of a row by their names

LEAF_COLUMNS = tuple(getattr(AuditRow, name) for name in FIELDS)


def spelled(value: object) -> object:
    """Return *value* as the envelope spells it."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def envelope_of(columns: Columns) -> dict[str, Any]:  # JSON
    """Return the fields of the leaf; never the detail."""
    return {name: spelled(columns[name]) for name in FIELDS}


def erasable_of(columns: Columns) -> dict[str, Any]:  # JSON
    """Return what an erasure takes away."""
    return {name: columns[name] for name in ERASABLE}
