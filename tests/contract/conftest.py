"""Every bundled plugin and every example, loaded as Foundation loads it, one at a time."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from foundation.plugins.loader import load
from foundation.plugins.registry import Contributions, Loaded, Registry
from foundation.plugins.scan import GROUP, Installed
from foundation.settings import PluginChoice

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Plugin:
    """One plugin under test: its folder, its pyproject, and what the loader made of it."""

    folder: Path
    project: dict
    loaded: Loaded

    @property
    def id(self) -> str:
        return self.loaded.id

    @property
    def adds(self) -> Contributions:
        return self.loaded.contributions

    @property
    def package(self) -> Path:
        return self.folder / f"foundation_{self.id}"

    @property
    def title(self) -> str:
        return self.loaded.title

    @property
    def routes(self) -> list:
        return [route for router in self.adds.routers for route in router.routes]


def _projects() -> dict[str, tuple[Path, dict]]:
    """Return folder and project table of each plugin by its id."""
    found = {}
    for file in sorted([*ROOT.glob("plugins/*/pyproject.toml"), *ROOT.glob("examples/*/*.toml")]):
        project = tomllib.loads(file.read_text("utf-8"))["project"]
        (id,) = project["entry-points"][GROUP]
        found[id] = (file.parent, project)
    return found


PROJECTS = _projects()


@pytest.fixture(scope="session")
def registry(tmp_path_factory) -> Registry:
    """Everything loaded together: core's own sections, the bundled plugins and the examples."""
    installed = [
        Installed(id, project["entry-points"][GROUP][id], project["name"], "0.1.0")
        for id, (_, project) in PROJECTS.items()
    ]
    choice = PluginChoice(data=tmp_path_factory.mktemp("data"))
    return load(choice, installed=installed, environ={})


@pytest.fixture(scope="session", params=PROJECTS)
def plugin(request, registry) -> Plugin:
    """One plugin after the other."""
    folder, project = PROJECTS[request.param]
    return Plugin(folder, project, registry.find(request.param))
