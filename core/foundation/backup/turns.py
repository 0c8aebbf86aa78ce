"""Whose turn it is next by the clock: a backup, or a drill that tries the newest one out."""

from dataclasses import dataclass
from datetime import datetime

from foundation.backup.book import Kind
from foundation.runs.calendar import next_time


@dataclass(frozen=True, slots=True)
class Turn:
    """What is done next, and when."""

    kind: Kind
    at: datetime


def next_turn(cron: str, drill: str, zone: str, *, after: datetime) -> Turn:
    """Return what comes first after *after*; a backup before a drill of the same minute."""
    made = Turn("backup", next_time(cron, zone, after=after))
    tried = Turn("drill", next_time(drill, zone, after=after))
    return tried if tried.at < made.at else made
