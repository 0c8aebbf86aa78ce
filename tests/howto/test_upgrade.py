"""The commands of docs/how-to/upgrade.md, one after another, on releases that come and go back."""

import asyncio
import importlib
import re
import shlex
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from foundation.cli.main import main
from foundation.testing.site import announce, on_path

from ..e2e.life_wheels import keeping

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "upgrade.md").read_text("utf-8")
STEPS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
MODULE = "foundation_orders"


@dataclass
class Host:
    """A host on which the page is followed; what ``pip`` and ``systemctl`` do is done by hand."""

    environ: dict[str, str]
    folder: Path
    rolls: int = 0
    said: dict[str, str] = field(default_factory=dict)

    @property
    def site(self):
        return self.folder / "site"

    async def follow(self, step):
        """Do each line of a step of the page; a command of ours must end well."""
        self.said = {}
        for line in step.strip().splitlines():
            match shlex.split(line.partition("#")[0]):
                case ["systemctl", "reload", "foundation"]:
                    self.rolls += 1
                case ["pip", "install", wanted]:
                    self.install(int(wanted.partition("==")[2].partition(".")[0]))
                case ["foundation", *words]:
                    self.said[" ".join(words[:2])] = await self.run(words)
                case _:
                    pytest.fail(f"the page has a command that is not tested: {line}")

    async def run(self, words):
        words = [word.replace("/srv/backups", str(self.folder / "kept")) for word in words]
        runner = CliRunner(env=self.environ | {"PYTHONPATH": str(self.site), "COLUMNS": "200"})
        done = await asyncio.to_thread(runner.invoke, main, words)
        looks = words == ["doctor"] or words[-1] == "status"  # 1: there is something to be done
        assert done.exit_code in ({0, 1} if looks else {0}), done.output
        return done.output

    def install(self, release):
        """Put release 1 or 2 of a plugin into the place of the other."""
        shutil.rmtree(self.site, ignore_errors=True)
        for path, text in keeping("orders", release=release).files.items():
            file = self.site / MODULE / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        points = {"orders": f"{MODULE}.plugin"}
        announce(self.site, "foundation-orders", points, version=f"{release}.0")
        forget()


def forget():
    importlib.invalidate_caches()
    for name in [name for name in sys.modules if name.startswith(MODULE)]:
        del sys.modules[name]


@pytest.fixture
def host(foundation_environ, tmp_path):
    (tmp_path / "site").mkdir()
    with on_path(tmp_path / "site"):
        few = {"FOUNDATION_PLUGINS_AUTOLOAD": "listed", "FOUNDATION_PLUGINS_ENABLED": "orders"}
        yield Host(foundation_environ | few, tmp_path)
    forget()


def state_of(owner, said):
    (line,) = [line for line in said.splitlines() if line.split()[:1] == [owner]]
    return line


async def test_every_command_of_the_page_does_what_the_page_says(host):
    look, tables, code, back, plugin, plugin_back = STEPS

    await host.follow(look)
    assert "up to date" in state_of("foundation", host.said["db status"])
    assert host.said["backup make"].startswith(str(host.folder / "kept"))

    host.install(1)  # the new release brings tables
    await host.follow(tables)
    assert "not made yet" in state_of("orders", host.said["db status"])
    assert "orders: 1 revision applied, now at orders_00000001" in host.said["db upgrade"]
    await host.follow(code)
    assert "may be open at once" in host.said["doctor"]
    await host.follow(back)

    await host.follow(plugin)
    assert "orders" in host.said["plugin list"]
    assert "orders: 1 revision applied, now at orders_00000002" in host.said["db upgrade"]
    await host.follow(plugin_back)
    assert "newer than this version, still fits" in state_of("orders", host.said["db status"])
    assert "orders: back at orders_00000001" in host.said["db downgrade"]
    assert host.rolls == 4


def test_every_container_that_the_page_names_is_one_of_compose():
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    for line in re.findall(r"^.*docker compose (.+)$", PAGE, re.MULTILINE):
        verb, *rest = [word for word in line.split() if not word.startswith("-")]
        named = {"up": rest, "build": rest, "run": rest[:1], "exec": rest[:1]}[verb]

        assert set(named) <= set(services), line


def test_a_reload_is_what_the_unit_understands():
    unit = (ROOT / "deploy" / "systemd" / "foundation.service").read_text("utf-8")

    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit
