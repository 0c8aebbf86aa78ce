"""What the tests of the examples share: they are found as if installed, and their tables."""

import tomllib
from pathlib import Path

import pytest

from foundation.db.history import Owner
from foundation.plugins.scan import GROUP
from foundation_feed import plugin as feed
from foundation_hello import plugin as hello

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def installed_owners() -> tuple[Owner, ...]:
    """The examples that have tables."""
    tables = [(plugin.manifest.id, plugin.tables()) for plugin in (feed, hello)]
    return tuple(Owner(id, each.metadata, each.migrations) for id, each in tables)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """A folder that says what pip would: which distributions there are, and their entry points."""
    folder = tmp_path_factory.mktemp("site")
    for file in EXAMPLES.glob("*/pyproject.toml"):
        project = tomllib.loads(file.read_text("utf-8"))["project"]
        info = folder / f"{project['name'].replace('-', '_')}-0.1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: 0.1.0\n"
        )
        points = [f"{id} = {module}" for id, module in project["entry-points"][GROUP].items()]
        (info / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *points, ""]))
    return folder


@pytest.fixture(autouse=True)
def examples_are_installed(monkeypatch, site):
    """Let the loader find the examples in these tests, and only in these."""
    monkeypatch.syspath_prepend(site)
