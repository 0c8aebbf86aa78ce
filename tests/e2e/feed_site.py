"""The example of a plugin with a job, as if installed."""

import shutil
from pathlib import Path

from .foundation_process import ROOT

FEED = ROOT / "examples" / "feed" / "foundation_feed"


def feed_site(site: Path) -> Path:
    """Put it on *site*, a folder for `FoundationProcess`, and return that."""
    site.chmod(0o755)
    shutil.copytree(FEED, site / "foundation_feed", ignore=shutil.ignore_patterns("__pycache__"))
    info = site / "foundation_feed-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: foundation-feed\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[foundation.plugins]\nfeed = foundation_feed.plugin\n")
    return site
