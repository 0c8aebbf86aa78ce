"""A new plugin works as it is: tools, its own tests and the conformance suite find nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from foundation.cli.plugin import plugin

BIN = Path(sys.executable).parent
PIP = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check")
OFFLINE = ("--no-index", "--no-deps", "--no-build-isolation")
MADE = {"stock_none": "none", "stock_plain": "plain", "stock_react": "react"}


def _run(*command, cwd, **environ) -> None:
    """Run a command that must find nothing wrong."""
    env = {name: value for name, value in os.environ.items() if "FOUNDATION" not in name}
    done = subprocess.run(
        command, cwd=cwd, env={**env, **environ}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    """One new plugin of each kind, by id."""
    folder = tmp_path_factory.mktemp("new")
    for id, ui in MADE.items():
        told = CliRunner().invoke(plugin, ["new", id, "--ui", ui, "--into", str(folder / id)])
        assert told.exit_code == 0, told.output
        assert f"--foundation-plugin {id}" in told.output
    return {id: folder / id for id in MADE}


def test_style_and_types_of_each_are_right(made):
    for folder in made.values():
        _run(BIN / "ruff", "check", "--no-cache", ".", cwd=folder)
        _run(BIN / "ruff", "format", "--no-cache", "--check", ".", cwd=folder)
    # One run for all: most of the time goes into what they share.
    paths = os.pathsep.join(str(folder) for folder in made.values())
    packages = [word for id in made for word in ("-p", f"foundation_{id}")]
    cache = Path(__file__).parents[3] / ".cache" / "mypy-new"
    first = made["stock_none"]
    (first / "mypy.ini").write_text("[mypy]\nstrict = True\nplugins = pydantic.mypy\n")
    _run(BIN / "mypy", "--cache-dir", cache, *packages, cwd=first, MYPYPATH=paths)


def test_each_is_installed_without_a_network_and_keeps_what_every_plugin_must(made, tmp_path):
    site = tmp_path / "site"
    _run(*PIP, "install", *OFFLINE, "--target", site, *made.values(), cwd=tmp_path)
    named = [word for id in made for word in ("--foundation-plugin", id)]

    _run(
        *(BIN / "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"),
        *("-o", "asyncio_mode=auto", "-o", "asyncio_default_fixture_loop_scope=function"),
        *("--import-mode=importlib", *named, made["stock_none"] / "tests"),
        cwd=tmp_path,
        PYTHONPATH=str(site),
    )


def test_a_name_that_cannot_be_used_is_one_line_and_ends_with_2(tmp_path):
    told = CliRunner().invoke(plugin, ["new", "users", "--into", str(tmp_path / "users")])

    assert (told.exit_code, told.stderr) == (2, "the id 'users' is reserved\n")
