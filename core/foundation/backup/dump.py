"""Makes a dump: one moment of the database, with what is needed to prove later that it came back.

The numbers in the manifest are counted in the transaction whose snapshot pg_dump reads, so they
are those of the dump to the row, whoever writes meanwhile. Sessions stay out: what comes back
must sign nobody in.
"""

import asyncio
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select, table, text
from sqlalchemy.ext.asyncio import AsyncConnection

from foundation import __version__
from foundation.backup.keep import PARTIAL, name_of
from foundation.backup.manifest import Manifest, beside, digest_of
from foundation.backup.programs import find_programs
from foundation.db.address import direct_engine
from foundation.secret import Secret

LEFT_OUT = ("foundation.sessions",)
"""Tables whose rows are not copied."""

_TABLES = text("""
    SELECT n.nspname, c.relname FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1, 2
""")
_KEYS = text("SELECT kid, fingerprint FROM foundation.keys")
_SERVER = text("SELECT current_setting('server_version_num')::int")
_DEPLOYMENT = text("SELECT id::text FROM foundation.deployment")
_TREE = text("SELECT count(*) FROM foundation.audit_leaves")


@dataclass(frozen=True, slots=True)
class Dump:
    """A dump that is whole: where it is, and what it holds."""

    file: Path
    manifest: Manifest


async def make_dump(url: Secret, folder: Path, *, now: datetime) -> Dump:
    """Write a dump of the database at *url* into *folder*, with its manifest, both 0600.

    Nobody ever sees half of one: it gets its name when it is whole and on the disk. Raises
    `NoProgram`, `ProgramFailed` and `Unreachable`.
    """
    await asyncio.to_thread(folder.mkdir, mode=0o700, parents=True, exist_ok=True)
    target = folder / name_of(now)
    partial = target.with_name(f".{target.name}{PARTIAL}")
    engine = direct_engine(url, application_name="foundation/backup", server={})
    try:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="REPEATABLE READ")
            facts = await _facts(connection)
            programs = find_programs(facts.server // 10_000)
            snapshot = await connection.scalar(text("SELECT pg_export_snapshot()"))
            await asyncio.to_thread(_make_private, partial)
            words = [f"--snapshot={snapshot}", "--format=custom", f"--file={partial}"]
            words += [f"--exclude-table-data={table}" for table in LEFT_OUT]
            await asyncio.to_thread(programs.run, "pg_dump", *words, url=url)
        return await asyncio.to_thread(_finish, partial, target, facts, now)
    finally:
        partial.unlink(missing_ok=True)
        await engine.dispose()


@dataclass(frozen=True, slots=True)
class _Facts:
    server: int
    deployment: str
    tables: dict[str, int]
    keys: dict[str, str]
    tree_size: int


async def _facts(connection: AsyncConnection) -> _Facts:
    """Return what the database holds in the snapshot of *connection*."""
    tables = await count_rows(connection)
    return _Facts(
        server=int(await connection.scalar(_SERVER) or 0),
        deployment=str(await connection.scalar(_DEPLOYMENT)),
        tables=tables | {name: 0 for name in LEFT_OUT if name in tables},
        keys={row.kid: row.fingerprint for row in await connection.execute(_KEYS)},
        tree_size=int(await connection.scalar(_TREE) or 0),
    )


async def count_rows(connection: AsyncConnection) -> dict[str, int]:
    """Return the number of rows of every table, by ``schema.table``."""
    counts = {}
    for schema, name in await connection.execute(_TABLES):
        found = select(func.count()).select_from(table(name, schema=schema))
        counts[f"{schema}.{name}"] = int(await connection.scalar(found) or 0)
    return counts


def _make_private(file: Path) -> None:
    file.unlink(missing_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _finish(partial: Path, target: Path, facts: _Facts, now: datetime) -> Dump:
    """Give the dump its name, after its manifest and after the disk has both."""
    manifest = Manifest(
        made_at=now,
        deployment=facts.deployment,
        foundation=__version__,
        server=facts.server,
        tables=facts.tables,
        keys=facts.keys,
        tree_size=facts.tree_size,
        bytes=partial.stat().st_size,
        sha256=digest_of(partial),
    )
    _make_private(beside(target))
    beside(target).write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
    for file in (partial, beside(target)):
        _sync(file)
    partial.rename(target)
    _sync(target.parent)
    return Dump(target, manifest)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
