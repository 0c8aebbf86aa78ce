"""What the conformance suite looks at: one plugin, its distribution and its files."""

import importlib.util
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

from foundation.auth.permissions import Permission
from foundation.http.router import Route
from foundation.plugins.added import Contributions
from foundation.plugins.loader import load
from foundation.plugins.registry import Loaded
from foundation.settings import PluginChoice


class NotInstalled(Exception):
    """There is no plugin of this name to look at."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a distribution says of itself; *extras* are what its extras require."""

    name: str
    requires: Sequence[str]
    extras: Sequence[str]
    requires_python: str
    license: str
    summary: str
    readme: str


@dataclass(frozen=True, slots=True)
class Subject:
    """One plugin under the suite: what it says of itself, where it lies, what was loaded."""

    loaded: Loaded
    facts: Facts
    package: Path

    @property
    def id(self) -> str:
        """Its id."""
        return self.loaded.id

    @property
    def adds(self) -> Contributions:
        """What it adds."""
        return self.loaded.contributions

    @property
    def routes(self) -> list[Route]:
        """All its routes."""
        return [route for router in self.adds.routers for route in router.routes]

    def needed(self) -> list[object]:
        """Return all that its routes, sections, resources, their actions, jobs and widgets need."""
        needs: list[object] = [route.needs for route in self.routes]
        needs += [entry.needs for entry in self.adds.navigation]
        for resource in self.adds.resources:
            needs += [resource.needs, *(action.needs for action in resource.actions)]
        needs += [job.needs for job in self.adds.jobs]
        needs += [widget.needs for widget in self.adds.widgets]
        return needs

    def used(self) -> set[Permission]:
        """Return the permissions among what it needs."""
        return {needs for needs in self.needed() if isinstance(needs, Permission)}


def facts_of_project(folder: Path) -> Facts:
    """Read what the ``pyproject.toml`` and the README in *folder* say."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    return Facts(
        name=project["name"],
        requires=project.get("dependencies", ()),
        extras=[
            line for group in project.get("optional-dependencies", {}).values() for line in group
        ],
        requires_python=project.get("requires-python", ""),
        license=project.get("license", ""),
        summary=project.get("description", ""),
        readme=(folder / "README.md").read_text("utf-8"),
    )


def facts_of_distribution(name: str) -> Facts:
    """Read what pip wrote down when it installed *name*."""
    found = distribution(name)
    about = found.metadata.json

    def said(*names: str) -> str:
        return next((str(about[name]) for name in names if about.get(name)), "")

    return Facts(
        name=said("name"),
        requires=[line for line in found.requires or () if "extra ==" not in line],
        extras=[line for line in found.requires or () if "extra ==" in line],
        requires_python=said("requires_python"),
        license=said("license_expression", "license"),
        summary=said("summary"),
        readme=said("description"),
    )


def package_of(module: str) -> Path:
    """Return the folder of the top-level package of *module*, importing nothing."""
    spec = importlib.util.find_spec(module.partition(".")[0])
    if spec is None or not spec.submodule_search_locations:
        raise NotInstalled(f"{module} is not a module in a package")
    return Path(spec.submodule_search_locations[0])


def subject_installed(id: str) -> Subject:
    """Return the installed plugin *id*, loaded with everything else that is installed.

    Raises `NotInstalled`.
    """
    with tempfile.TemporaryDirectory() as data:
        registry = load(PluginChoice(data=Path(data)), environ={})
    loaded = registry.find(id)
    if loaded is None:
        known = ", ".join(one.id for one in registry.plugins if not one.builtin)
        raise NotInstalled(f"no plugin {id!r} is installed here; there are {known}")
    return Subject(loaded, facts_of_distribution(loaded.dist), package_of(loaded.module))
