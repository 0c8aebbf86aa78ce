"""Backups each night and a drill each week, in the order of the clock; what was missed comes first."""

from datetime import datetime

import pytest

from foundation.backup.turns import Rota, Turn
from foundation.runs.calendar import BadSchedule

NIGHTLY, SUNDAYS = "0 2 * * *", "0 4 * * 0"
FRIDAY = datetime.fromisoformat("2026-05-22T12:00:00+00:00")


def _turns(count, *, zone="UTC", **last):
    rota, now, told = Rota(NIGHTLY, SUNDAYS, zone), FRIDAY, []
    last = {"backup": FRIDAY, "drill": FRIDAY} | last
    for _ in range(count):
        turn = rota.next_turn(last, now=now)
        told.append(f"{turn.kind} {turn.at:%a %H:%M}")
        now = last[turn.kind] = turn.at
    return told


def test_a_drill_comes_between_the_backups_of_its_day_and_the_next():
    assert _turns(4) == [
        "backup Sat 02:00",
        "backup Sun 02:00",
        "drill Sun 04:00",
        "backup Mon 02:00",
    ]


def test_times_are_those_of_the_zone():
    assert _turns(1, zone="Europe/Berlin") == ["backup Sat 00:00"]


def test_what_was_never_done_is_done_at_once_and_a_backup_before_its_drill():
    assert _turns(3, backup=None, drill=None) == [
        "backup Fri 12:00",
        "drill Fri 12:00",
        "backup Sat 02:00",
    ]


def test_what_was_missed_while_nobody_watched_is_made_up_for_once():
    tuesday = datetime.fromisoformat("2026-05-19T02:00:00+00:00")

    assert _turns(2, backup=tuesday) == ["backup Fri 12:00", "backup Sat 02:00"]
    assert _turns(2, drill=tuesday) == ["backup Sat 02:00", "backup Sun 02:00"]  # none was missed


def test_a_backup_comes_before_a_drill_of_the_same_minute():
    both = Rota(NIGHTLY, NIGHTLY, "UTC")

    assert both.next_turn({"backup": FRIDAY, "drill": FRIDAY}, now=FRIDAY) == Turn(
        "backup", datetime.fromisoformat("2026-05-23T02:00:00+00:00")
    )


@pytest.mark.parametrize(("cron", "zone"), [("every night", "UTC"), (NIGHTLY, "Mars/Olympus")])
def test_times_that_cannot_be_read_are_refused(cron, zone):
    for backup, drill in ((cron, NIGHTLY), (NIGHTLY, cron)):
        with pytest.raises(BadSchedule):
            Rota(backup, drill, zone)
