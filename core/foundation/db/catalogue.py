"""What lies where in a database, so that an owner can be held to its own schema."""

from sqlalchemy import Connection, text

# Columns and triggers too: altering somebody else's table is as wrong as adding one.
_OBJECTS = text("""
    SELECT kind, place, name FROM (
    SELECT 'schema', nspname, '' FROM pg_catalog.pg_namespace
    UNION ALL
    SELECT 'relation', n.nspname, c.relname FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT 'column', n.nspname,
           c.relname || '.' || a.attname || ' '
           || pg_catalog.format_type(a.atttypid, a.atttypmod) || a.attnotnull::text
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT a.attisdropped AND a.attnum > 0
    UNION ALL
    SELECT 'constraint', n.nspname, c.relname || '.' || o.conname
    FROM pg_catalog.pg_constraint o
    JOIN pg_catalog.pg_class c ON c.oid = o.conrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    UNION ALL
    SELECT 'trigger', n.nspname, c.relname || '.' || t.tgname || ' ' || t.tgenabled::text
    FROM pg_catalog.pg_trigger t
    JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'function', n.nspname, p.proname || '(' ||
           pg_catalog.pg_get_function_identity_arguments(p.oid) || ') '
           || pg_catalog.md5(p.prosrc)
    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    UNION ALL
    SELECT 'type', n.nspname, y.typname
    FROM pg_catalog.pg_type y JOIN pg_catalog.pg_namespace n ON n.oid = y.typnamespace
    UNION ALL
    SELECT 'extension', extname, '' FROM pg_catalog.pg_extension
    ) AS things (kind, place, name)
    WHERE place NOT IN (:schema, 'pg_catalog', 'information_schema')
      AND place NOT LIKE 'pg\\_toast%' AND place NOT LIKE 'pg\\_temp%'
""")

Thing = tuple[str, str, str]
"""A kind, the schema it lies in, and its name."""


def outside(connection: Connection, schema: str) -> frozenset[Thing]:
    """Return what lies outside *schema*, leaving out PostgreSQL's own."""
    rows = connection.execute(_OBJECTS, {"schema": schema})
    return frozenset((kind, place, name) for kind, place, name in rows)


def strays(before: frozenset[Thing], after: frozenset[Thing]) -> list[str]:
    """Return a line for each thing that appeared, vanished or changed between two looks."""
    lines = []
    for kind, place, name in sorted(before ^ after):
        verb = "made" if (kind, place, name) in after else "removed"
        lines.append(f"{verb} {kind} {place}{'.' if name else ''}{name}")
    return lines
