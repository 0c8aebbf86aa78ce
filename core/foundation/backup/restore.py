"""Brings a dump back: into an empty database, or for a trial into one that is dropped again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import DDL, text
from sqlalchemy.exc import DBAPIError

from foundation.backup.manifest import Manifest, digest_of, read_manifest
from foundation.backup.programs import find_programs
from foundation.db.address import direct_engine, engine_url
from foundation.db.faults import in_words
from foundation.ids import uuid7
from foundation.secret import Secret

_VERSION = text("SELECT current_setting('server_version_num')::int / 10000")
_TABLES = text("""
    SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
""")


class NotWhole(Exception):
    """The file is not the one that was written."""


class NotEmpty(Exception):
    """There are tables where the dump should go."""


class NoScratch(Exception):
    """The user of the database may not make one beside it."""


def read_whole(dump: Path) -> Manifest:
    """Return the manifest of *dump*; raises `NotWhole` and `NoManifest`."""
    manifest = read_manifest(dump)
    try:
        size, digest = dump.stat().st_size, digest_of(dump)
    except OSError as fault:
        raise NotWhole(f"{dump} cannot be read: {fault.strerror}") from None
    if (size, digest) != (manifest.bytes, manifest.sha256):
        raise NotWhole(
            f"{dump} has {size} bytes and is not what was written ({manifest.bytes} bytes)"
        )
    return manifest


async def bring_back(dump: Path, url: Secret) -> None:
    """Restore *dump* into the empty database at *url*.

    Raises `NotEmpty`, `NoProgram`, `ProgramFailed` (nothing is committed then) and `Unreachable`.
    """
    engine = direct_engine(url, application_name="foundation/restore", server={})
    try:
        async with engine.connect() as connection:
            major = int(await connection.scalar(_VERSION) or 0)
            tables = int(await connection.scalar(_TABLES) or 0)
    finally:
        await engine.dispose()
    if tables:
        raise NotEmpty(
            f"there are {tables} tables in this database; restore into an empty one, look at it, "
            "and then let FOUNDATION_DATABASE_URL name it"
        )
    words = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-acl"]
    name = engine_url(url).database or ""
    words += [f"--dbname={name}", str(dump)]
    await asyncio.to_thread(find_programs(major).run, "pg_restore", *words, url=url)


@asynccontextmanager
async def scratch(url: Secret) -> AsyncIterator[Secret]:
    """Make an empty database beside the one at *url* and drop it afterwards.

    Raises `NoScratch` where the user may not.
    """
    name = f"foundation_drill_{uuid7().hex}"
    engine = direct_engine(url, application_name="foundation/restore", server={})

    async def run(sql: str) -> None:
        async with engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            named = DDL(sql, context={"name": name})  # type: ignore[no-untyped-call]  # theirs
            await connection.execute(named)

    try:
        try:
            await run('CREATE DATABASE "%(name)s" TEMPLATE template0')
        except DBAPIError as refused:
            raise NoScratch(
                f"no database can be made beside this one ({in_words(refused)}); "
                "let an administrator run: ALTER ROLE ... CREATEDB, or name one with --scratch"
            ) from None
        try:
            there = engine_url(url).set(database=name, drivername="postgresql")
            yield Secret(there.render_as_string(hide_password=False))
        finally:
            await run('DROP DATABASE IF EXISTS "%(name)s" WITH (FORCE)')
    finally:
        await engine.dispose()
