"""Backups each night and a drill each week, in the order of the clock."""

from datetime import datetime

from foundation.backup.turns import Turn, next_turn

NIGHTLY, SUNDAYS = "0 2 * * *", "0 4 * * 0"


def _turns(start: str, count: int, *, zone: str = "UTC") -> list[str]:
    at, told = datetime.fromisoformat(start), []
    for _ in range(count):
        turn = next_turn(NIGHTLY, SUNDAYS, zone, after=at)
        told.append(f"{turn.kind} {turn.at:%a %H:%M}")
        at = turn.at
    return told


def test_a_drill_comes_between_the_backups_of_its_day_and_the_next():
    assert _turns("2026-05-22T12:00:00+00:00", 4) == [
        "backup Sat 02:00",
        "backup Sun 02:00",
        "drill Sun 04:00",
        "backup Mon 02:00",
    ]


def test_times_are_those_of_the_zone():
    assert _turns("2026-05-22T12:00:00+00:00", 1, zone="Europe/Berlin") == ["backup Sat 00:00"]


def test_a_backup_comes_before_a_drill_of_the_same_minute():
    after = datetime.fromisoformat("2026-05-22T12:00:00+00:00")

    assert next_turn(NIGHTLY, NIGHTLY, "UTC", after=after) == Turn(
        "backup", datetime.fromisoformat("2026-05-23T02:00:00+00:00")
    )
