"""The commands of the vault's keys, on a real database, and the drill of a restore."""

import asyncio
import base64
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from foundation.auth.keys import open_ring
from foundation.auth.processes import beat
from foundation.cli.keys import keys
from foundation.db.embedded.binaries import FOLDERS, MAJOR, wheel_folder
from foundation.db.engine import Database
from foundation.ids import uuid7

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def run(foundation_environ):
    async def run(*words: str):
        runner = CliRunner(env=foundation_environ)
        return await asyncio.to_thread(runner.invoke, keys, list(words))

    return run


@pytest.fixture
def ring_file(foundation_environ) -> Path:
    return Path(foundation_environ["FOUNDATION_KEYRING_FILE"])


@pytest.fixture
def roll(database, ring_file):
    """Put these lines into the ring's file and let a process start with it."""
    id = uuid7()

    async def roll(*lines: str):
        ring_file.unlink()
        ring_file.write_text("\n".join([*lines, "active test", ""]))
        ring_file.chmod(0o400)
        async with database.transaction() as db:
            ring = await open_ring(db, ring_file, tables=[])
        await beat(database, ring, id=id)
        return ring

    return roll


async def test_a_rotation_from_the_first_command_to_the_last(run, roll, ring_file):
    old = f"test {KEY}"
    await roll(old)
    made = await run("new", "k2")
    assert made.exit_code == 0, made.output
    line = made.output.splitlines()[-1]
    early = await run("activate", "k2")
    assert (early.exit_code, "do not have the key k2" in early.output) == (2, True)
    await roll(old, line)

    assert (await run("activate", "k2")).exit_code == 0
    for words in (("rewrap",), ("reencrypt",)):
        done = await run(*words)
        assert (done.exit_code, done.output) == (0, "credentials.secrets: 0 values moved to k2\n")
    await roll(old, line)
    retired = await run("retire", "test")
    assert retired.exit_code == 0, retired.output
    status = (await run("status")).output
    assert "superseded" not in status
    assert "retired" in status
    assert line.split()[1] not in status


async def test_a_command_says_what_is_wrong_in_one_line(run):
    missing = await run("retire", "k9")

    assert (missing.exit_code, missing.output) == (2, "the database knows no key k9\n")


async def test_a_restore_opens_with_its_ring_and_names_the_fingerprint_it_lacks(
    app, client_as, database_url, postgres, installed_owners, ring_file, tmp_path
):
    admin = await client_as("admin")
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": "the-canary"}}
    await admin.post("/api/creds", new)
    restored = await postgres.create()
    await _copy(database_url, restored)

    database = Database(restored, application_name="foundation/tests")
    tables = [table for owner in installed_owners for table in owner.metadata.tables.values()]
    async with database.transaction() as db:
        right = await open_ring(db, ring_file, tables=tables)
    other = tmp_path / "other"
    other.write_text(f"new {base64.b64encode(os.urandom(32)).decode()}\nactive new\n")
    other.chmod(0o400)
    async with database.transaction() as db:
        wrong = await open_ring(db, other, tables=tables)
    await database.dispose()
    await postgres.drop(restored)

    (key,) = (await admin.get("/api/keys")).json["keys"]
    assert right.reason is None
    assert (
        wrong.reason == f"the key ring lacks the key test with the fingerprint {key['fingerprint']}"
    )


async def _copy(source, target) -> None:
    """Dump one database and restore it into another, with the tools of the embedded server."""
    folder = wheel_folder() / FOLDERS[MAJOR] / "bin"
    dump = await asyncio.to_thread(
        subprocess.run, [folder / "pg_dump", "--no-owner", source.reveal()],
        check=True, capture_output=True,
    )  # fmt: skip
    await asyncio.to_thread(
        subprocess.run, [folder / "psql", "-q", "-v", "ON_ERROR_STOP=1", target.reveal()],
        check=True, capture_output=True, input=dump.stdout,
    )  # fmt: skip
