"""``foundation audit``: from a live database to a proof that needs none."""

import asyncio
import base64

import pytest
from click.testing import CliRunner

from foundation.audit.actor import Actor, Source
from foundation.audit.own import REJECTED
from foundation.audit.start import build_recorder, build_sealer
from foundation.auth.repository import deployment_id
from foundation.cli.audit import audit
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.settings import read_settings

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def environ(postgres, tmp_path):
    address = asyncio.run(postgres.create(()))
    keys = tmp_path / "keys"
    keys.write_text(f"k {KEY}\nactive k\n")
    keys.chmod(0o400)
    yield {
        "FOUNDATION_PUBLIC_URL": "http://localhost:3000",
        "FOUNDATION_DATABASE_URL": address.reveal(),
        "FOUNDATION_SECRET_KEY": KEY,
        "FOUNDATION_OIDC_ISSUER": "http://localhost:9",
        "FOUNDATION_OIDC_CLIENT_ID": "foundation",
        "FOUNDATION_DATA": str(tmp_path),
        "FOUNDATION_AUDIT_SIGNING_KEY_FILE": str(keys),
        "FOUNDATION_AUDIT_NOTES_FILE": str(tmp_path / "notes"),
    }
    asyncio.run(postgres.drop(address))


@pytest.fixture
def run(environ):
    def invoke(*words, **more):
        return CliRunner().invoke(audit, words, env={**environ, **more}, catch_exceptions=False)

    return invoke


async def fill(environ, *, publish):
    """Record three events, seal them, and return their ids."""
    settings = read_settings(environ)
    database = Database(settings.database_url)
    async with database.reading() as db:
        deployment = await deployment_id(db)
    secret = AppSecret(settings.secret_key, deployment=deployment)
    recorder = build_recorder(settings, {}, clock=SystemClock(), secret=secret, app_version="1")
    sealer = build_sealer(settings, database=database, deployment=deployment, recorder=recorder)
    async with database.transaction() as db:
        event = REJECTED(event_id="x", fault="for the test")
        source = Source(Actor("system", name="Ada"), "audit", "r")
        made = [recorder.record(db, event, source) for _ in range(3)]
    await sealer.seal()
    if publish:
        await sealer.publisher.publish()
    await database.dispose()
    return made


def test_from_the_database_to_a_proof_without_one(run, environ, tmp_path):
    first, *_ = asyncio.run(fill(environ, publish=True))
    key = run("key").output.strip()
    (tmp_path / "note").write_text(run("checkpoint").output)
    export = str(tmp_path / "trail.ndjson")
    assert "3 leaves of epoch 1" in run("export", export).output
    words = ("verify", "--export", export, "--checkpoint", str(tmp_path / "note"), "--vkey", key)

    sound = run(*words, FOUNDATION_DATABASE_URL="postgresql://nobody@localhost:1/none")
    assert (sound.exit_code, sound.output) == (0, "sound: 3 events\n")
    assert "\nindex " in run("proof", str(first)).output
    assert "erased 1 of 1" in run("erase", str(first), "--reason", "asked for").output
    assert "epoch 2 is open" in run("epoch", "--reason", "a drill").output


def test_where_the_service_does_not_sign_the_command_does(run, environ):
    asyncio.run(fill(environ | {"FOUNDATION_AUDIT_SIGNER": "off"}, publish=True))

    assert "no head" in run("checkpoint", FOUNDATION_AUDIT_SIGNER="off").output
    assert "signed 1 heads" in run("sign", FOUNDATION_AUDIT_SIGNER="off").output
    assert run("checkpoint").exit_code == 0


def test_what_an_operator_can_mend_is_told_in_a_line(run):
    empty = run("checkpoint")
    assert (empty.exit_code, empty.output) == (2, "no head of the trail is signed yet\n")
    unset = run("key", FOUNDATION_AUDIT_SIGNING_KEY_FILE="/nowhere")
    assert (unset.exit_code, "FOUNDATION_AUDIT_SIGNING_KEY_FILE" in unset.output) == (2, True)
    away = run("export", "/tmp/x", FOUNDATION_DATABASE_URL="postgresql://u@localhost:1/none")
    assert away.exit_code == 2


def test_the_verifier_is_written_as_one_file(run):
    assert run("verifier").output.startswith("#!/usr/bin/env python3\n")
