"""Which dumps to keep: the newest of each of the last days, and of each of the last weeks."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from foundation.backup.manifest import beside

_NAME = re.compile(r"foundation-(\d{8}T\d{6})Z\.dump")
_STAMP = "%Y%m%dT%H%M%S"

PARTIAL = ".partial"
CUT = timedelta(days=1)
"""After which nobody is writing to what is half a dump."""


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
        made = made_at(file)
        days.setdefault(made.date(), file)
        weeks.setdefault(made.isocalendar()[:2], file)
    kept = {*[*days.values()][:daily], *[*weeks.values()][:weekly]}
    return [file for file in listed if file not in kept]


def tidy(folder: Path, *, daily: int, weekly: int) -> Sequence[Path]:
    """Delete what nobody needs, with the manifests, and return it.

    What was begun a day before the newest dump and is still no dump was cut, and goes too.
    """
    dumps = dumps_in(folder)
    for half in folder.glob(f".foundation-*.dump{PARTIAL}"):
        whole = half.with_name(half.name.removeprefix(".").removesuffix(PARTIAL))
        if dumps and _NAME.fullmatch(whole.name) and made_at(dumps[0]) - made_at(whole) > CUT:
            half.unlink()
    gone = spare(dumps, daily=daily, weekly=weekly)
    for file in gone:
        beside(file).unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    return gone


def made_at(file: Path) -> datetime:
    """Return when a file that `dumps_in` lists was made, by its name."""
    found = _NAME.fullmatch(file.name)
    assert found is not None  # only names that match are listed
    return datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
