"""``foundation audit`` erase, prune, sinks and stamps: a plan, a yes, and then the work."""

import asyncio
import base64

import pytest
from click.testing import CliRunner

from foundation.audit.actor import Actor, Source
from foundation.audit.own import REJECTED
from foundation.audit.sinks.courier import begin
from foundation.audit.start import build_recorder, build_sealer
from foundation.auth.repository import deployment_id
from foundation.cli.audit import audit
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.ids import uuid7
from foundation.secret import Secret
from foundation.settings import read_settings

KEY = base64.b64encode(bytes(range(32))).decode()
ADA = uuid7()


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
    def invoke(*words, typed=None, **more):
        settings = {**environ, **more}
        return CliRunner().invoke(audit, words, env=settings, input=typed, catch_exceptions=False)

    return invoke


async def fill(environ):
    """Record three events of Ada and seal them."""
    settings = read_settings(environ)
    database = Database(settings.database_url)
    async with database.reading() as db:
        deployment = await deployment_id(db)
    secret = AppSecret(settings.secret_key, deployment=deployment)
    recorder = build_recorder(settings, {}, clock=SystemClock(), secret=secret, app_version="1")
    sealer = build_sealer(settings, database=database, deployment=deployment, recorder=recorder)
    async with database.transaction() as db:
        for _ in range(3):
            source = Source(Actor("user", ADA, name="Ada"), "audit", "r")
            recorder.record(db, REJECTED(event_id="x", fault="for the test"), source)
    await sealer.seal()
    await sealer.publisher.publish()
    await database.dispose()


@pytest.fixture
def filled(environ):
    asyncio.run(fill(environ))


def test_all_of_a_person_is_erased_after_a_yes(run, filled):
    no = run("erase", "--actor", str(ADA), "--reason", "asked for", typed="n\n")
    assert (no.exit_code, "3 events would lose" in no.output) == (1, True)

    yes = run("erase", "--actor", str(ADA), "--reason", "asked for", typed="y\n")
    assert "erased 3 of 3" in yes.output
    again = run("erase", "--actor", str(ADA), "--reason", "asked for", "--yes")
    assert "erased 0 of 0" in again.output


def test_a_prune_shows_its_plan_and_does_nothing_without_a_yes(run, filled, tmp_path, environ):
    asyncio.run(old_month(environ["FOUNDATION_DATABASE_URL"]))
    archive = ("prune", "--archive", str(tmp_path))
    held = run(*archive, FOUNDATION_AUDIT_HOLD_MONTHS="2020-05")
    assert "nothing is over its time" in held.output

    no = run(*archive, typed="n\n")
    assert "month 2020-05" in no.output
    assert no.exit_code == 1
    yes = run(*archive, typed="y\n")
    assert "2020-05: 0 rows" in yes.output
    assert "nothing is over its time" in run(*archive).output


def test_without_a_key_nothing_is_pruned(run, filled, tmp_path, environ):
    asyncio.run(old_month(environ["FOUNDATION_DATABASE_URL"]))
    bare = run("prune", "--archive", str(tmp_path), "--yes", FOUNDATION_AUDIT_SIGNER="off",
               FOUNDATION_AUDIT_SIGNING_KEY_FILE="")  # fmt: skip

    assert bare.exit_code == 2


def test_sinks_are_shown_and_set_back(run, filled, environ, tmp_path):
    asyncio.run(sink(environ["FOUNDATION_DATABASE_URL"]))
    assert run("sinks").output == "siem: at 1.3, 0 wait\n"

    assert "siem: at 1.1, " in run("sinks", "siem", "--from", "1.1", typed="y\n").output
    assert run("sinks", "other", "--from", "1.1", "--yes").exit_code == 2
    assert run("sinks", "siem", "--from", "one", "--yes").exit_code == 2
    assert "0 stamps are in" in run("stamps", str(tmp_path)).output


async def old_month(url):
    database = Database(Secret(url))
    async with database.apart() as connection:
        await connection.exec_driver_sql("SELECT foundation.audit_add_month('2020-05-01')")
    await database.dispose()


async def sink(url):
    database = Database(Secret(url))
    await begin(database, "siem")
    await database.dispose()
