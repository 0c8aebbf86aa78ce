"""The drill as an operator does it: dump, wipe, restore; the vault opens and the trail is proved."""

import base64
import json
import os

import pytest
from sqlalchemy import text

from foundation.app import running
from foundation.audit.keeper import Keeper
from foundation.backup.dump import count_rows
from foundation.backup.keep import dumps_in
from foundation.backup.manifest import beside, digest_of, read_manifest
from foundation.cli.audit import audit
from foundation.cli.backup import backup
from foundation.cli.restore import restore
from foundation.clock import SystemClock
from foundation.settings import read_settings
from foundation.testing.people import SignIn, anonymous

from ..signing import signing
from .conftest import CANARY


@pytest.fixture
def signed(foundation_environ, tmp_path):
    """The environment of a Foundation that signs its trail, and keeps the notes outside."""
    return foundation_environ | signing(tmp_path)


def started(environ):
    return running(read_settings(environ), clock=SystemClock(), environ=environ)


async def counted(app):
    async with app.parts.database.reading() as db:
        counts = await count_rows(await db.connection())
    return {table: n for table, n in counts.items() if table != "foundation.sessions"}


async def test_dumped_wiped_and_restored_it_is_the_same_and_opens_the_vault(
    signed, command, postgres, database_url, tmp_path
):
    async with started(signed) as app:
        admin = await SignIn(app)("admin")
        new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": CANARY}}
        secret = (await admin.post("/api/creds", new)).json
        await admin.post("/api/projects", {"slug": "apollo", "name": "Apollo"})
        await Keeper(app.parts.sealer).pass_once()
        before = await counted(app)
    made = await command(backup, "make", "--to", str(tmp_path / "kept"), **signed)
    assert made.exit_code == 0, made.output
    (dump,) = dumps_in(tmp_path / "kept")
    key = (await command(audit, "key", **signed)).output.strip()
    note = (await command(audit, "checkpoint", **signed)).output

    await postgres.drop(database_url)
    empty = await postgres.create()
    signed |= {"FOUNDATION_DATABASE_URL": empty.reveal()}
    back = await command(restore, str(dump), **signed)

    assert back.exit_code == 0, back.output
    assert [line.split()[0] for line in back.output.splitlines()[1:5]] == ["ok"] * 4
    async with started(signed) as app:
        assert await counted(app) == before
        stranger = anonymous(app)
        stranger.cookies |= admin.cookies
        assert (await stranger.get("/api/auth/me")).status == 401
        again = await SignIn(app)("admin")
        shown = await again.post(
            f"/api/creds/{secret['id']}/reveal", {"field": "token", "reason": "the drill"}
        )
        names = [one["name"] for one in (await again.get("/api/projects")).json["items"]]
        await Keeper(app.parts.sealer).pass_once()
    assert (shown.json["value"], names) == (CANARY, ["Apollo"])

    # The trail of today holds the head that was noted before the wipe, by the tool for outsiders.
    assert app.parts.sealer.halted is None
    files = {"trail": tmp_path / "trail", "old": tmp_path / "old", "new": tmp_path / "new"}
    assert (await command(audit, "export", str(files["trail"]), **signed)).exit_code == 0
    files["old"].write_text(note)
    files["new"].write_text((await command(audit, "checkpoint", **signed)).output)
    proved = await command(
        audit,
        *("verify", "--export", str(files["trail"]), "--checkpoint", str(files["new"])),
        *("--vkey", key, "--older", str(files["old"])),
    )
    assert proved.exit_code == 0, proved.output
    await postgres.drop(empty)


async def test_a_drill_proves_rows_trail_keys_and_values_and_is_noted(
    dump, command, events, database
):
    drill = await command(restore, "--check", str(dump))

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


async def test_a_truncated_dump_fails_the_drill_and_is_noted(dump, command, events):
    dump.write_bytes(dump.read_bytes()[:-1000])

    drill = await command(restore, "--check", str(dump))

    assert (drill.exit_code, drill.output.split(":")[0]) == (1, "BAD file")
    assert (await events("system.backup.drilled"))[-1].outcome == "failure"


async def test_a_truncated_dump_fails_also_when_its_digest_was_made_to_fit(dump, command):
    dump.write_bytes(dump.read_bytes()[:-1000])
    known = json.loads(beside(dump).read_text())
    known |= {"bytes": dump.stat().st_size, "sha256": digest_of(dump)}
    beside(dump).write_text(json.dumps(known))

    drill = await command(restore, "--check", str(dump))

    assert drill.exit_code == 1, drill.output
    assert "pg_restore" in drill.output


async def test_the_wrong_ring_is_told_by_the_fingerprint_it_lacks(dump, command, tmp_path):
    other = tmp_path / "other"
    other.write_text(f"new {base64.b64encode(os.urandom(32)).decode()}\nactive new\n")
    other.chmod(0o400)

    drill = await command(restore, "--check", str(dump), FOUNDATION_KEYRING_FILE=str(other))

    (fingerprint,) = read_manifest(dump).keys.values()
    assert drill.exit_code == 1
    assert f"BAD keys: the key ring lacks the key test with the fingerprint {fingerprint}" in (
        drill.output
    )


async def test_a_database_with_tables_is_never_restored_into(dump, command):
    refused = await command(restore, str(dump))

    assert refused.exit_code == 2
    assert "restore into an empty one" in refused.output
