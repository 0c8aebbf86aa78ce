"""``foundation audit`` erase, prune, sinks and stamps: a plan, a yes, and then the work."""

import asyncio

import pytest

from foundation.audit.actor import Actor
from foundation.audit.sinks.courier import begin
from foundation.db.engine import Database
from foundation.ids import uuid7
from foundation.secret import Secret

ADA = uuid7()


@pytest.fixture
def filled(fill):
    fill(Actor("user", ADA, name="Ada"))


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
