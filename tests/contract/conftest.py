"""Every bundled plugin and every example, loaded as Foundation loads it, one at a time."""

import tomllib
from pathlib import Path

import pytest

from foundation.plugins.loader import load
from foundation.plugins.registry import Registry
from foundation.plugins.scan import GROUP
from foundation.settings import PluginChoice
from foundation.testing.conformance.subject import Subject, facts_of_project, package_of
from foundation.testing.site import announce, on_path

ROOT = Path(__file__).parents[2]


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
def site(tmp_path_factory) -> Path:
    """A folder in which the examples are installed, as the loader sees it."""
    folder = tmp_path_factory.mktemp("site")
    for place, project in PROJECTS.values():
        if place.parent.name == "examples":
            announce(folder, project["name"], project["entry-points"][GROUP])
    return folder


@pytest.fixture(scope="module", autouse=True)
def examples_are_installed(site, installed_owners):
    """Let the loader find the examples in these tests, and only in these.

    Whoever has tables for the whole session is asked before, or it would depend on the order of
    the tests whether the examples have theirs.
    """
    with on_path(site):
        yield


@pytest.fixture(scope="session")
def registry(tmp_path_factory, site) -> Registry:
    """Everything loaded together: core's own sections, the bundled plugins and the examples."""
    with on_path(site):
        return load(PluginChoice(data=tmp_path_factory.mktemp("data")), environ={})


@pytest.fixture(scope="session", params=PROJECTS)
def subject(request, registry) -> Subject:
    """One plugin after the other."""
    folder, _ = PROJECTS[request.param]
    loaded = registry.find(request.param)
    return Subject(loaded, facts_of_project(folder), package_of(loaded.module))
