"""Each page of docs/how-to/extend is a plugin that starts, and there is one for each hook."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from foundation.db.history import read_history
from foundation.db.migrate import Owner
from foundation.plugins import hookspecs
from foundation.plugins.loader import load
from foundation.settings import PluginChoice
from foundation.testing.site import announce, on_path

FOLDER = Path(__file__).parents[2] / "docs" / "how-to" / "extend"
PAGES = sorted(file.stem for file in FOLDER.glob("*.md"))
BLOCK = re.compile(r"^`([^`\n]+)`:\n\n```(?:python|js)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HOOKS = {
    name for name, thing in vars(hookspecs).items() if hasattr(thing, f"{hookspecs.PROJECT}_spec")
}


def test_there_is_a_page_for_each_hook():
    assert HOOKS - set(PAGES) == set()


def test_every_page_is_listed():
    listed = set(re.findall(r"extend/([a-z_]+)\.md", FOLDER.with_suffix(".md").read_text("utf-8")))

    assert listed == set(PAGES)


@pytest.fixture
def shown(tmp_path):
    """Write what a page shows into files, as whoever reads it would, and load the plugin."""

    def load_page(name):
        for path, code in BLOCK.findall((FOLDER / f"{name}.md").read_text("utf-8")):
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code, "utf-8")
        announce(tmp_path, "foundation-notes", {"notes": "foundation_notes.plugin"})
        importlib.invalidate_caches()
        with on_path(tmp_path):
            registry = load(PluginChoice(data=tmp_path / "data"), environ={}, dangerous={})
        return registry.find("notes")

    yield load_page
    for name in [name for name in sys.modules if name.startswith("foundation_notes")]:
        del sys.modules[name]


@pytest.mark.parametrize("name", PAGES)
def test_what_the_page_shows_starts_and_has_the_hook(name, shown):
    loaded = shown(name)

    assert (str(loaded.state), loaded.reason, loaded.refused) == ("started", "", ())
    assert hasattr(sys.modules["foundation_notes.plugin"], name)
    tables = loaded.contributions.tables
    if tables is not None:
        assert read_history(Owner("notes", tables.metadata, tables.migrations)).generation == 1
