"""What lies in one owner's schema: its tables with their rows, who depends on it, and its end.

Works on the catalogue alone, so it serves for an owner whose code is gone.
"""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    CompoundSelect,
    Integer,
    Select,
    Subquery,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.schema import DropSchema

MOST = 10_000
"""Rows that are counted one by one; of more, the server's estimate is told."""

_TABLES = text("""
    SELECT n.nspname, c.relname, greatest(c.reltuples, s.n_live_tup, 0)::bigint
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_stat_all_tables s ON s.relid = c.oid
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname = ANY(:schemas)
      AND c.relname <> 'alembic_version'
    ORDER BY n.nspname, c.relname
""")

# Whatever a DROP ... CASCADE would take from other schemas without a word.
_DEPENDENTS = text("""
    SELECT n.nspname || '.' || c.relname || ': ' || o.conname
    FROM pg_catalog.pg_constraint o
    JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_class target ON target.oid = o.confrelid
    JOIN pg_catalog.pg_namespace t ON t.oid = target.relnamespace
    WHERE o.contype = 'f' AND t.nspname = :schema AND n.nspname <> :schema
    UNION
    SELECT n.nspname || '.' || c.relname || ': view'
    FROM pg_catalog.pg_depend d
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
    JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_class target ON target.oid = d.refobjid
    JOIN pg_catalog.pg_namespace t ON t.oid = target.relnamespace
    WHERE t.nspname = :schema AND n.nspname <> :schema
    ORDER BY 1
""")

_SCHEMAS = text("""
    SELECT nspname FROM pg_catalog.pg_namespace
    WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
    ORDER BY nspname
""")


@dataclass(frozen=True, slots=True)
class Held:
    """One table and how many rows it has; *is_exact* is False for an estimate of many."""

    schema: str
    name: str
    rows: int
    is_exact: bool = True


async def held_tables(db: AsyncSession, schemas: Sequence[str]) -> list[Held]:
    """Return the tables of *schemas* with their rows, by schema and name."""
    found = (await db.execute(_TABLES, {"schemas": list(schemas)})).all()
    if not found:
        return []
    counts = await db.execute(_counts([(row[0], row[1]) for row in found]))
    by_place = {row[0]: row[1] for row in counts}
    held = []
    for place, (schema, name, guess) in enumerate(found):
        count = by_place[place]
        is_exact = count <= MOST
        held.append(Held(schema, name, count if is_exact else max(guess, count), is_exact))
    return held


async def dependents(db: AsyncSession, schema: str) -> list[str]:
    """Return what in other schemas depends on *schema*: ``schema.table: constraint``."""
    return list(await db.scalars(_DEPENDENTS, {"schema": schema}))


async def all_schemas(db: AsyncSession) -> list[str]:
    """Return every schema that is not PostgreSQL's own."""
    return list(await db.scalars(_SCHEMAS))


async def rows_as_json(db: AsyncSession, held: Held) -> AsyncIterator[str]:
    """Give each row of *held* as one line of JSON; binary values as hexadecimal text."""
    source = table(held.name, schema=held.schema).alias("held")
    rows = await db.stream_scalars(
        select(func.to_jsonb(literal_column("held"))).select_from(source)
    )
    async for row in rows:
        yield json.dumps(row, ensure_ascii=False, sort_keys=True)


async def drop(db: AsyncSession, schema: str) -> None:
    """Drop *schema* with all that lies in it, if it is there."""
    await db.execute(DropSchema(schema, cascade=True, if_exists=True))


async def take_time(db: AsyncSession) -> None:
    """Let the statements of this transaction take as long as they need, but not wait for locks."""
    await db.execute(text("SELECT set_config('statement_timeout', '0', true)"))
    await db.execute(text("SELECT set_config('idle_in_transaction_session_timeout', '0', true)"))
    await db.execute(text("SELECT set_config('lock_timeout', '5000', true)"))


def _counts(tables: Sequence[tuple[str, str]]) -> CompoundSelect[int, int]:
    """Count each of *tables*, by its place, and no further than needed to know that it is many."""
    return union_all(
        *(
            select(literal(place), func.count()).select_from(_first_rows(schema, name))
            for place, (schema, name) in enumerate(tables)
        )
    )


def _first_rows(schema: str, name: str) -> Subquery:
    one: Select[int] = select(literal_column("1", Integer))
    return one.select_from(table(name, schema=schema)).limit(MOST + 1).subquery()
