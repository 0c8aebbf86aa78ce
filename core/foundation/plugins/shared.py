"""What the shell runs and shares with plugin pages, as its build wrote it down."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version


@dataclass(frozen=True, slots=True)
class SharedMap:
    """The UI majors this shell runs and the exact version of each module it shares.

    *build* is a digest of the shell's page, which names all its files. The map is empty when no
    built shell is here (an API without the web app); then only what can be told without it is
    checked.
    """

    versions: Mapping[str, str] = field(default_factory=dict)
    ui_min: int = 1
    ui_max: int = 1
    build: str = ""

    @property
    def is_known(self) -> bool:
        """Whether a built shell was found."""
        return bool(self.versions)


def read_shared(web_root: Path | None) -> SharedMap:
    """Read ``importmap.json`` of the built shell; an empty map if there is none."""
    if web_root is None:
        return SharedMap()
    try:
        read: dict[str, Any] = json.loads((web_root / "importmap.json").read_text("utf-8"))
        build = hashlib.sha256((web_root / "index.html").read_bytes()).hexdigest()[:12]
        majors = read["uiApi"]
        versions = {name: entry["version"] for name, entry in read["shared"].items()}
        return SharedMap(versions, majors["min"], majors["max"], build)
    except (OSError, ValueError, KeyError, TypeError):
        return SharedMap()


def admits(wanted: str, version: str) -> bool:
    """Tell whether *version* is in the range *wanted*: ``^19.1`` as npm has it, or PEP 440.

    A range that is neither admits nothing.
    """
    try:
        given = Version(version)
        if not wanted.startswith("^"):
            return SpecifierSet(wanted).contains(given, prereleases=True)
        least = Version(wanted[1:])
    except (InvalidSpecifier, InvalidVersion):
        return False
    if given < least:
        return False
    if least.major:
        return given.major == least.major
    return given.release[:2] == least.release[:2]
