"""Whose turn it is next by the clock: a backup, or a drill that tries the newest one out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from foundation.backup.book import Kind
from foundation.runs.calendar import check, next_time

Last = Mapping[Kind, datetime | None]
"""When each was done last; None for never."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is done next, and when; a time that has passed means now."""

    kind: Kind
    at: datetime


@dataclass(frozen=True, slots=True)
class Rota:
    """When backups are made and when the newest is tried out, in five fields each, in *zone*.

    Raises `foundation.runs.calendar.BadSchedule`.
    """

    backup: str
    drill: str
    zone: str

    def __post_init__(self) -> None:
        check(self.backup, self.zone)
        check(self.drill, self.zone)

    def next_turn(self, last: Last, *, now: datetime) -> Turn:
        """Return what comes first, a backup before a drill of the same moment.

        What was never done, or was missed while nobody watched, is due *now*.
        """
        made = Turn("backup", max(self._due(self.backup, last["backup"], now), now))
        tried = Turn("drill", max(self._due(self.drill, last["drill"], now), now))
        return tried if tried.at < made.at else made

    def _due(self, cron: str, last: datetime | None, now: datetime) -> datetime:
        return now if last is None else next_time(cron, self.zone, after=last)
