"""The layers hold, every plugin is under them, and each contract notices when it is broken."""

import configparser
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

LINT = Path(sys.executable).parent / "lint-imports"

BREAKS = {
    "core-layers": ("core/foundation/clock.py", "from foundation.db import model"),
    "core-knows-no-plugin": ("core/foundation/app/build.py", "import foundation_projects"),
    "plugins-independent": (
        "plugins/projects/foundation_projects/service.py",
        "import foundation_credentials.service",
    ),
    "plugins-use-the-sdk": (
        "plugins/audit/foundation_audit/routes.py",
        "from foundation.db import engine",
    ),
    "inside-a-plugin": (
        "plugins/projects/foundation_projects/repository.py",
        "from foundation_projects import routes",
    ),
    "home-of-quart": ("core/foundation/http/router.py", "import quart"),
    "home-of-hypercorn": ("core/foundation/app/build.py", "import hypercorn"),
    "home-of-pluggy": ("core/foundation/plugins/pages.py", "import pluggy"),
    "home-of-alembic": ("core/foundation/audit/events.py", "import alembic"),
    "home-of-procrastinate": ("core/foundation/auth/principal.py", "import psycopg"),
    "home-of-redis": ("core/foundation/auth/principal.py", "import redis"),
    "home-of-oidc": ("core/foundation/auth/principal.py", "import joserfc"),
    "home-of-mail": ("core/foundation/auth/principal.py", "import aiosmtplib"),
    "home-of-cryptography": ("core/foundation/auth/principal.py", "import cryptography"),
    "home-of-telemetry": ("core/foundation/http/router.py", "import prometheus_client"),
    "home-of-commands": ("core/foundation/http/router.py", "import click"),
    "no-cycles": ("core/foundation/secret.py", "import foundation.ids"),
}
"""For each contract a file and the line that breaks it; ids imports secret in return."""


def _contracts(root: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(root / ".importlinter")
    return parser


def _lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Lint the packages below *root*, which come before the installed ones on the path."""
    folders = [root / "core", *sorted(root.glob("plugins/*")), *sorted(root.glob("examples/*"))]
    path = os.pathsep.join(str(folder) for folder in folders)
    return subprocess.run(
        [LINT, "--no-cache"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": path, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_layers_hold(house):
    result = _lint(house.root)

    assert result.returncode == 0, result.stdout + result.stderr


def test_no_plugin_is_forgotten(house):
    declared = {"foundation"}
    for file in [
        *house.root.glob("plugins/*/pyproject.toml"),
        *house.root.glob("examples/*/*.toml"),
    ]:
        points = tomllib.loads(file.read_text("utf-8"))["project"]["entry-points"]
        declared |= {target.partition(".")[0] for target in points["foundation.plugins"].values()}

    listed = _contracts(house.root)["importlinter"]["root_packages"].split()

    assert set(listed) == declared


def test_every_contract_is_broken_once_on_purpose(house):
    names = {name.rpartition(":")[2] for name in _contracts(house.root).sections()[1:]}

    assert set(BREAKS) == names


@pytest.fixture(scope="module")
def broken(house, tmp_path_factory) -> str:
    """Copy the packages, break every contract at once, and return what the linter says."""
    root = tmp_path_factory.mktemp("house")
    shutil.copy(house.root / ".importlinter", root)
    for package in house.packages():
        shutil.copytree(
            package,
            root / package.relative_to(house.root),
            ignore=shutil.ignore_patterns("__pycache__", "node_modules"),
        )
    for file, line in [*BREAKS.values(), ("core/foundation/ids.py", "import foundation.secret")]:
        with (root / file).open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    return _lint(root).stdout


@pytest.mark.parametrize("contract", BREAKS)
def test_a_contract_notices_when_it_is_broken(contract, broken, house):
    title = _contracts(house.root)[f"importlinter:contract:{contract}"]["name"]

    assert f"{title} BROKEN" in broken
