"""The book of backups: what is noted, how old the last good one is, and what that means."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation.audit import guard
from foundation.audit.actor import Actor, Source
from foundation.audit.record import Recorder, declared
from foundation.backup.book import (
    DRILLED,
    EVENTS,
    MADE,
    STALE,
    Ages,
    Copied,
    ages,
    note,
    problem_of,
)
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.telemetry import metrics

COPIED = Copied(file="foundation-x.dump", bytes=3, sha256="00")


@pytest.fixture
async def core(core_database_url):
    database = Database(core_database_url, application_name="foundation/tests")
    yield database
    await database.dispose()


@pytest.fixture
def write(core):
    recorder = Recorder(declared(EVENTS), SystemClock(), "test")

    async def write(kind, faults=()):
        async with core.transaction() as db:
            guard.watch(db)
            event = note(db, kind, COPIED, faults=list(faults))
            recorder.record(db, event, Source(Actor("system", name="t"), "system", "r"))
        return event

    return write


async def test_before_the_first_one_nothing_is_missed_for_a_day(core):
    now = SystemClock().now()

    assert await problem_of(core, now) == ""
    late = await problem_of(core, now + STALE + timedelta(minutes=1))
    assert late == "there is no backup yet; run: foundation backup make"


async def test_the_last_good_ones_count_and_a_failed_drill_does_not(core, write):
    await write("backup")
    await write("drill", faults=["rows"])
    async with core.reading() as db:
        found = await ages(db)

    assert found.backup is not None
    assert (found.drill, found.faults) == (None, ("rows",))
    then = found.backup + timedelta(hours=30)
    assert (found.problem(found.backup), found.problem(then)) == (
        "the last drill did not bring back rows",
        "the last backup is 30 h old",
    )


async def test_a_good_drill_takes_a_failed_one_back(core, write):
    await write("backup")
    await write("drill", faults=["rows", "trail"])
    told = await problem_of(core, SystemClock().now())
    await write("drill")

    assert told == "the last drill did not bring back rows, trail"
    assert await problem_of(core, SystemClock().now()) == ""


async def test_the_metrics_learn_both_times_and_how_the_last_drill_went(core, write):
    series = metrics.install()
    await write("backup")
    await write("drill")

    await problem_of(core, SystemClock().now())

    told = metrics.render(series).decode()
    times = {
        line.split()[0]: float(line.split()[1])
        for line in told.splitlines()
        if line.startswith(("foundation_backup_last", "foundation_restore_drill"))
    }
    assert times.pop("foundation_restore_drill_failed") == 0.0
    assert len(times) == 2
    assert all(time > 1_700_000_000 for time in times.values())

    await write("drill", faults=["keys"])
    await problem_of(core, SystemClock().now())
    assert "foundation_restore_drill_failed 1.0" in metrics.render(series).decode()


async def test_what_is_noted_is_told_in_the_trail(write):
    made, failed = await write("backup"), await write("drill", faults=["rows", "trail"])

    assert (made.type, made.outcome) == (MADE, "success")
    assert (failed.type, failed.outcome, failed.detail.faults) == (
        DRILLED,
        "failure",
        ["rows", "trail"],
    )


async def test_a_row_without_an_event_is_undone(core):
    with pytest.raises(Exception, match="FND01|without an audit event"):
        async with core.transaction() as db:
            await db.execute(
                text(
                    "INSERT INTO foundation.backups (id, kind, ok, file, bytes, sha256)"
                    " VALUES (gen_random_uuid(), 'backup', true, 'f', 1, '')"
                )
            )


def test_an_age_is_told_in_whole_hours():
    now = SystemClock().now()

    assert Ages(now - timedelta(hours=27), None, now).problem(now) == "the last backup is 27 h old"
