"""Plugins for the tests of the loader: the broken ones, and small ones written on the spot."""

import importlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from foundation.plugins.loader import load
from foundation.plugins.registry import Registry
from foundation.plugins.scan import Installed
from foundation.settings import PluginChoice

BROKEN = Path(__file__).parents[2] / "fixtures" / "broken"

HEAD = """\
from foundation.sdk import *
from foundation.sdk import hook

manifest = Manifest(id="{id}", title="{title}", api=">=1.0,<2"{more})
"""


def forget(*packages: str) -> None:
    """Let the next import of these packages and of what is in them be a first one."""
    for name in list(sys.modules):
        if name in packages or name.startswith(tuple(f"{package}." for package in packages)):
            del sys.modules[name]


@dataclass
class Yard:
    """A folder on the path where a test puts plugins, and from where it loads them."""

    folder: Path
    installed: list[Installed] = field(default_factory=list)

    def add(self, id: str, *, dist: str = "", version: str = "1.0") -> Installed:
        """Count the package ``foundation_<id>`` as installed; it may be one of the broken ones."""
        one = Installed(
            id, f"foundation_{id}.plugin", dist or f"foundation-{id.replace('_', '-')}", version
        )
        self.installed.append(one)
        return one

    def write(self, id: str, body: str = "", *, more: str = "", version: str = "1.0") -> Installed:
        """Write a plugin with a right manifest (and *more* of it) and *body* below."""
        package = self.folder / f"foundation_{id}"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").write_text("")
        head = HEAD.format(id=id, title=id.capitalize(), more=f", {more}" if more else "")
        (package / "plugin.py").write_text(head + textwrap.dedent(body))
        importlib.invalidate_caches()
        forget(f"foundation_{id}")
        return self.add(id, version=version)

    def choice(self, **choice) -> PluginChoice:
        """Return the settings of this yard."""
        return PluginChoice(data=self.folder, **choice)

    def load(self, environ=None, dangerous=None, memory=None, installed=None, **choice) -> Registry:
        """Load what was added, in a data folder of this test."""
        more = {} if memory is None else {"memory": memory}
        return load(
            self.choice(**choice),
            installed=self.installed if installed is None else installed,
            environ=environ or {},
            dangerous=dangerous,
            **more,
        )


@pytest.fixture
def yard(tmp_path: Path) -> Iterator[Yard]:
    """An empty yard; whatever was imported from it is forgotten afterwards."""
    before, path = set(sys.modules), list(sys.path)
    sys.path[:0] = [str(tmp_path), str(BROKEN)]
    importlib.invalidate_caches()
    yield Yard(tmp_path)
    sys.path[:] = path
    forget(*(name for name in set(sys.modules) - before if name.startswith("foundation_")))


@pytest.fixture
def one(yard: Yard) -> Callable[..., object]:
    """Load one plugin written on the spot and give what became of it."""

    def load_one(body: str, *, id: str = "orders", more: str = "", **options: object) -> object:
        yard.write(id, body, more=more)
        return yard.load(**options).find(id)

    return load_one
