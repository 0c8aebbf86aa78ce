"""A machine for one test: plugins come and go in a folder, a database, workers, the commands."""

import asyncio
import importlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from structlog.testing import capture_logs

from foundation.app import App, running
from foundation.cli.plugin import plugin as plugin_group
from foundation.db.engine import Database
from foundation.db.migrate import Outcome, upgrade
from foundation.plugins.loader import load
from foundation.secret import Secret
from foundation.settings import read_choice, read_settings
from foundation.testing.moment import MovableClock
from foundation.testing.platform import environ_of
from foundation.testing.site import announce

PACKAGE = Path(__file__).parents[1] / "fixtures" / "life" / "foundation_crm"


@dataclass
class Machine:
    """One machine: *site* is what pip would have installed, *environ* how Foundation is set up."""

    site: Path
    environ: dict[str, str]
    clock: MovableClock = field(default_factory=MovableClock)
    lines: list[dict] = field(default_factory=list)
    """What was logged, as it was given to the logger."""

    def install(self, id: str = "crm", *, text: str | None = None, dist: str = "") -> None:
        """Install the sample plugin, or a package of one file *text*, under *id*."""
        package = self.site / f"foundation_{id}"
        if text is None:
            shutil.copytree(PACKAGE, package, dirs_exist_ok=True)
        else:
            package.mkdir(exist_ok=True)
            (package / "__init__.py").write_text("")
            (package / "plugin.py").write_text(text)
        name = dist or f"foundation-{id.replace('_', '-')}"
        announce(self.site, name, {id: f"foundation_{id}.plugin"}, version="1.0")
        self.forget()

    def edit(self, file: str, old: str, new: str) -> None:
        """Change the sample plugin, as its next release would."""
        path = self.site / "foundation_crm" / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        self.forget()

    def uninstall(self, id: str = "crm") -> None:
        """Take a plugin away, as pip does: its code and what says it was there."""
        shutil.rmtree(self.site / f"foundation_{id}")
        for info in self.site.glob(f"foundation_{id}-*.dist-info"):
            shutil.rmtree(info)
        self.forget()

    def forget(self) -> None:
        """Let the next import be a first one, as in a new process."""
        importlib.invalidate_caches()
        for name in [name for name in sys.modules if name.startswith(tuple(self._packages()))]:
            del sys.modules[name]

    def _packages(self) -> list[str]:
        return ["foundation_crm", *(folder.name for folder in self.site.glob("foundation_*"))]

    async def migrate(self) -> dict[str, Outcome]:
        """Do as ``foundation db upgrade`` does."""
        registry = load(read_choice(self.environ), environ=self.environ)
        done = await upgrade(self.url, registry.owners, say=lambda _: None)
        return {outcome.owner: outcome for outcome in done}

    def worker(self, **more: str) -> AbstractAsyncContextManager[App]:
        """Return one worker, which loads everything anew."""
        environ = self.environ | more
        return running(read_settings(environ), clock=self.clock, environ=environ)

    async def command(self, *words: str, **more: str) -> Result:
        """Give ``foundation plugin`` a command."""
        self.forget()
        return await asyncio.to_thread(
            CliRunner().invoke, plugin_group, words, env=self.environ | more
        )

    def database(self) -> Database:
        """Return the pool on the machine's database; the test disposes of it."""
        return Database(self.url, application_name="foundation/tests")

    @property
    def url(self) -> Secret:
        """The address of the machine's database."""
        return Secret(self.environ["FOUNDATION_DATABASE_URL"])


@pytest.fixture
def machine(tmp_path: Path, database_url: Secret) -> Iterator[Machine]:
    """A machine with the bundled plugins, and no other one yet."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "data").mkdir()
    path = list(sys.path)
    sys.path.insert(0, str(site))
    # Captured, because a traceback drawn for a terminal takes seconds.
    with capture_logs() as lines:
        one = Machine(site, environ_of(tmp_path, database_url), lines=lines)
        yield one
    sys.path[:] = path
    one.forget()


@pytest.fixture
async def crm(machine: Machine) -> Machine:
    """A machine on which the sample plugin is installed and migrated."""
    machine.install()
    assert (await machine.migrate())["crm"].ok
    return machine
