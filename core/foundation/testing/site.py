"""A folder that says what pip would: which distributions there are, and their entry points.

With it on ``sys.path`` the loader finds plugins that are not installed: an example, a fixture.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from foundation.plugins.scan import GROUP


def announce(site: Path, dist: str, points: Mapping[str, str], *, version: str = "0.1.0") -> None:
    """Say in *site* that *dist* is installed; *points* are its plugins' ids and modules."""
    info = site / f"{dist.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True, exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {dist}\nVersion: {version}\n")
    lines = [f"[{GROUP}]", *(f"{id} = {module}" for id, module in points.items()), ""]
    (info / "entry_points.txt").write_text("\n".join(lines))


@contextmanager
def on_path(site: Path) -> Iterator[None]:
    """Let the loader look into *site* inside the block."""
    sys.path.insert(0, str(site))
    try:
        yield
    finally:
        sys.path.remove(str(site))
