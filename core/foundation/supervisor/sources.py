"""Whether a Python file of Foundation or of a plugin has changed, for ``foundation dev``."""

import importlib.metadata
import importlib.util
from collections.abc import Iterable
from pathlib import Path


def source_folders() -> tuple[Path, ...]:
    """Return the packages of core and of every plugin that are edited in place.

    Installed ones, below ``site-packages``, do not change while they run. Nothing is imported.
    """
    points = importlib.metadata.entry_points(group="foundation.plugins")
    packages = {"foundation", *(point.module.partition(".")[0] for point in points)}
    folders = [folder for package in sorted(packages) for folder in _folders(package)]
    return tuple(folder for folder in folders if "site-packages" not in folder.parts)


def _folders(package: str) -> list[Path]:
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return []
    return [] if spec is None else [Path(at) for at in spec.submodule_search_locations or ()]


class Sources:
    """Remembers the files below *folders* and tells when they differ from last time."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._seen = self._look()

    def changed(self) -> bool:
        """Tell whether a file was written, added or removed since the last question."""
        present = self._look()
        before, self._seen = self._seen, present
        return present != before

    def _look(self) -> dict[Path, int]:
        found = {}
        for folder in self._folders:
            for path in folder.rglob("*.py"):
                try:
                    found[path] = path.stat().st_mtime_ns
                except OSError:  # removed between the two calls
                    continue
        return found
