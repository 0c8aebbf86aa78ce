"""When a schedule is due: five fields, an IANA zone, and what a change of the clock does to it."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croniter import croniter

FIELDS = 5
_MINUTE = timedelta(minutes=1)


class BadSchedule(ValueError):
    """The five fields or the zone cannot be read; the message says which."""


def check(cron: str, zone: str) -> None:
    """Raise `BadSchedule` unless *cron* has five good fields and *zone* is known."""
    if len(cron.split()) != FIELDS or not croniter.is_valid(cron):
        raise BadSchedule("give five fields: minute, hour, day, month, day of the week")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSchedule(f"{zone!r} is no time zone such as Europe/Berlin") from None


def next_time(cron: str, zone: str, *, after: datetime) -> datetime:
    """Return the first time after *after*, in UTC.

    A time that spring leaves out fires once, after the gap. A time that autumn has twice fires
    the first time only, unless the schedule runs in every hour anyway.
    """
    here = ZoneInfo(zone)
    if cron.split()[1].startswith("*"):
        return _by_the_hour(cron, here, after)
    wall = after.astimezone(here).replace(tzinfo=None)
    while True:
        wall = croniter(cron, wall).get_next(datetime)
        due = wall.replace(tzinfo=here, fold=0).astimezone(UTC)
        if due > after:
            return due


def _by_the_hour(cron: str, here: ZoneInfo, after: datetime) -> datetime:
    """Go on in real time: an hour that comes twice has its times twice."""
    local = after.astimezone(here)
    offset = timezone(local.utcoffset() or timedelta())
    wall = croniter(cron, local.replace(tzinfo=None)).get_next(datetime)
    due = wall.replace(tzinfo=offset).astimezone(UTC)
    if due.astimezone(here).replace(tzinfo=None) == wall:
        return due
    # The clock changes before then: look minute by minute.
    at = after.astimezone(UTC).replace(second=0, microsecond=0) + _MINUTE
    while not croniter.match(cron, at.astimezone(here).replace(tzinfo=None)):
        at += _MINUTE
    return at
