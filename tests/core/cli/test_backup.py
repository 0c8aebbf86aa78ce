"""The drill as an operator does it: dump, damage, restore; the vault opens and the trail is proved."""

import asyncio
import base64
import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from foundation.audit.keeper import Keeper
from foundation.backup.keep import dumps_in
from foundation.backup.manifest import beside, digest_of, read_manifest
from foundation.cli.backup import backup, restore
from foundation.db.engine import Database

CANARY = "the-canary-of-backups"


@pytest.fixture
def run(foundation_environ, tmp_path):
    async def run(command, *words: str, **more: str):
        environ = foundation_environ | {"COLUMNS": "200"} | more
        return await asyncio.to_thread(CliRunner(env=environ).invoke, command, list(words))

    return run


@pytest.fixture
async def lived_in(app, client_as):
    """A Foundation with somebody signed in, a secret, and a sealed trail."""
    admin = await client_as("admin")
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": CANARY}}
    assert (await admin.post("/api/creds", new)).status == 201
    await Keeper(app.parts.sealer).pass_once()
    return admin


@pytest.fixture
async def dump(run, lived_in, tmp_path):
    made = await run(backup, "make", "--to", str(tmp_path / "kept"))
    assert made.exit_code == 0, made.output
    (file,) = dumps_in(tmp_path / "kept")
    return file


async def test_a_dump_is_private_whole_and_without_sessions(dump, run, database):
    assert (dump.stat().st_mode & 0o777, beside(dump).stat().st_mode & 0o777) == (0o600, 0o600)
    known = read_manifest(dump)
    async with database.reading() as db:
        sessions = await db.scalar(text("SELECT count(*) FROM foundation.sessions"))
    assert sessions >= 1
    assert known.tables["foundation.sessions"] == 0
    assert known.tables["credentials.secrets"] == 1
    assert known.tree_size > 0
    listed = (await run(backup, "list", "--to", str(dump.parent))).output
    assert dump.name in listed
    assert CANARY.encode() not in dump.read_bytes() + beside(dump).read_bytes()


async def test_a_drill_proves_rows_trail_keys_and_values_and_is_noted(dump, run, events, database):
    drill = await run(restore, "--check", str(dump))

    assert drill.exit_code == 0, drill.output
    parts = [line.split()[1] for line in drill.output.splitlines()]
    assert parts == ["rows:", "trail:", "keys:", "values:"]
    assert "all 1 open" in drill.output
    assert "and no session" in drill.output
    async with database.reading() as db:
        left = text("SELECT count(*) FROM pg_database WHERE datname LIKE 'foundation_drill_%'")
        assert await db.scalar(left) == 0
    assert [one.type for one in await events("system.backup")] == [
        "system.backup.made",
        "system.backup.drilled",
    ]


async def test_a_truncated_dump_fails_the_drill_and_is_noted(dump, run, events):
    dump.write_bytes(dump.read_bytes()[:-1000])

    drill = await run(restore, "--check", str(dump))

    assert (drill.exit_code, drill.output.split(":")[0]) == (1, "BAD file")
    assert (await events("system.backup.drilled"))[-1].outcome == "failure"


async def test_a_truncated_dump_fails_also_when_its_digest_was_made_to_fit(dump, run):
    dump.write_bytes(dump.read_bytes()[:-1000])
    known = json.loads(beside(dump).read_text())
    known |= {"bytes": dump.stat().st_size, "sha256": digest_of(dump)}
    beside(dump).write_text(json.dumps(known))

    drill = await run(restore, "--check", str(dump))

    assert drill.exit_code == 1, drill.output
    assert "pg_restore" in drill.output


async def test_the_wrong_ring_is_told_by_the_fingerprint_it_lacks(dump, run, tmp_path):
    other = tmp_path / "other"
    other.write_text(f"new {base64.b64encode(os.urandom(32)).decode()}\nactive new\n")
    other.chmod(0o400)

    drill = await run(restore, "--check", str(dump), FOUNDATION_KEYRING_FILE=str(other))

    (fingerprint,) = read_manifest(dump).keys.values()
    assert drill.exit_code == 1
    assert f"BAD keys: the key ring lacks the key test with the fingerprint {fingerprint}" in (
        drill.output
    )


async def test_what_comes_back_is_all_there_and_signs_nobody_in(dump, run, postgres):
    empty = await postgres.create()

    back = await run(restore, str(dump), FOUNDATION_DATABASE_URL=empty.reveal())

    assert back.exit_code == 0, back.output
    database = Database(empty, application_name="foundation/tests")
    async with database.reading() as db:
        assert await db.scalar(text("SELECT count(*) FROM foundation.sessions")) == 0
        assert await db.scalar(text("SELECT count(*) FROM credentials.secrets")) == 1
    await database.dispose()
    await postgres.drop(empty)


async def test_a_database_with_tables_is_never_restored_into(dump, run):
    refused = await run(restore, str(dump))

    assert refused.exit_code == 2
    assert "restore into an empty one" in refused.output


async def test_a_folder_that_cannot_be_written_is_one_line(run, lived_in, tmp_path):
    (tmp_path / "file").touch()

    refused = await run(backup, "make", "--to", str(tmp_path / "file" / "below"))

    assert refused.exit_code == 2
    assert refused.output.count("\n") == 1


async def test_an_empty_folder_says_how_to_make_one(run, tmp_path):
    listed = await run(backup, "list", "--to", str(tmp_path))

    assert listed.output.endswith("run: foundation backup make\n")


async def test_times_that_cannot_be_read_are_refused(run):
    refused = await run(backup, "watch", "--cron", "every night")
    elsewhere = await run(backup, "watch", "--zone", "Mars/Olympus")

    assert (refused.exit_code, elsewhere.exit_code) == (2, 2)
    assert "give five fields" in refused.output
    assert "no time zone" in elsewhere.output


def test_watching_says_what_comes_next(foundation_environ, tmp_path):
    watching = subprocess.Popen(
        [sys.executable, "-m", "foundation.cli", "backup", "watch", "--to", str(tmp_path)],
        env=os.environ | foundation_environ,
        stdout=subprocess.PIPE,
        text=True,
    )
    with watching:
        assert watching.stdout is not None
        assert watching.stdout.readline().startswith("next: backup at ")
        watching.kill()
