"""Checks of the hook ``tables``: everything lies in the plugin's own schema."""

from collections.abc import Collection

from sqlalchemy import ForeignKey, MetaData, Table
from sqlalchemy.exc import NoReferencedColumnError, NoReferencedTableError

from foundation.plugins.contributions import Tables

CORE_SCHEMA = "foundation"
KEPT_RULES = frozenset({"CASCADE", "SET NULL"})


def table_problems(id: str, tables: Tables, *, exported: Collection[str]) -> list[str]:
    """Return what is wrong with the tables of plugin *id*.

    *exported* are the columns of core that a foreign key may name, as ``table.column``.
    """
    problems = []
    if not (tables.migrations / "versions").is_dir() and not tables.migrations.is_dir():
        problems.append(f"there is no folder of migrations at {tables.migrations.name}/")
    for table in _tables(tables.metadata):
        if table.schema != id:
            place = table.schema or "public"
            problems.append(f"table {place}.{table.name} lies outside the schema {id}")
            continue
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            problem = _key_problem(id, key, exported)
            if problem:
                problems.append(f"table {table.name}, column {key.parent.name}: {problem}")
    return problems


def _tables(metadata: MetaData) -> list[Table]:
    return sorted(metadata.tables.values(), key=lambda table: table.fullname)


def _key_problem(id: str, key: ForeignKey, exported: Collection[str]) -> str | None:
    try:
        target = key.column
    except (NoReferencedTableError, NoReferencedColumnError):
        return f"names {key.target_fullname} as text; give the Column that foundation.sdk exports"
    schema = target.table.schema
    if schema == id:
        return None
    if schema != CORE_SCHEMA:
        return f"refers to {target.table.fullname} of another plugin; store the id, ask its port"
    name = f"{target.table.name}.{target.name}"
    if name not in exported:
        return f"refers to {name}, which foundation.sdk does not export"
    if (key.ondelete or "").upper() not in KEPT_RULES:
        return "has no ondelete; say CASCADE or SET NULL, so that core can delete its rows"
    return None
