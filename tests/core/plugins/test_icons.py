"""The icons a plugin may name are those the shell has drawn."""

import re
from pathlib import Path

from foundation.plugins.icons import ICONS

DRAWN = Path(__file__).parents[3] / "web" / "src" / "ui" / "icons.ts"


def test_both_lists_are_the_same():
    drawn = re.findall(r"^  '?([a-z0-9-]+)'?: '", DRAWN.read_text("utf-8"), re.MULTILINE)

    assert set(drawn) == ICONS
