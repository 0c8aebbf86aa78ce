"""Which dumps to keep: the newest of each of the last days, and of each of the last weeks."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from foundation.backup.manifest import beside

_NAME = re.compile(r"foundation-(\d{8}T\d{6})Z\.dump")
_STAMP = "%Y%m%dT%H%M%S"


def name_of(made_at: datetime) -> str:
    """Return the name of a dump made at *made_at*."""
    return f"foundation-{made_at.astimezone(UTC):{_STAMP}}Z.dump"


def dumps_in(folder: Path) -> list[Path]:
    """Return the dumps in *folder*, newest first; other files are none of ours."""
    found = [file for file in folder.glob("foundation-*.dump") if _NAME.fullmatch(file.name)]
    return sorted(found, key=lambda file: file.name, reverse=True)


def spare(dumps: Iterable[Path], *, daily: int, weekly: int) -> Sequence[Path]:
    """Return those of *dumps* that nobody needs: not of the last days, nor of the last weeks."""
    days: dict[object, Path] = {}
    weeks: dict[object, Path] = {}
    listed = sorted(dumps, key=lambda file: file.name, reverse=True)
    for file in listed:
        made_at = _made_at(file)
        days.setdefault(made_at.date(), file)
        weeks.setdefault(made_at.isocalendar()[:2], file)
    kept = {*[*days.values()][:daily], *[*weeks.values()][:weekly]}
    return [file for file in listed if file not in kept]


def tidy(folder: Path, *, daily: int, weekly: int) -> Sequence[Path]:
    """Delete what nobody needs, with the manifests, and return it."""
    gone = spare(dumps_in(folder), daily=daily, weekly=weekly)
    for file in gone:
        beside(file).unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    return gone


def _made_at(file: Path) -> datetime:
    found = _NAME.fullmatch(file.name)
    assert found is not None  # only names that match are listed
    return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
