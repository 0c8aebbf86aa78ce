"""What the tests of deploy/ look at: its folder, and the validators that look at files alone."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOW = {"promtool": "apt-get install prometheus", "systemd-analyze": "apt-get install systemd"}

Tool = Callable[..., str]


@pytest.fixture(scope="session")
def deploy() -> Path:
    return ROOT / "deploy"


@pytest.fixture(scope="session")
def tool() -> Tool:
    """Runs a validator in deploy/ and returns what it said; it must be content."""

    def run(name: str, *words: str | Path, **environ: str) -> str:
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        found = shutil.which(name, path=path)
        if found is None:
            pytest.skip(f"no {name} here; to run this: {HOW.get(name, f'apt-get install {name}')}")
        done = subprocess.run(
            [found, *words],
            cwd=ROOT / "deploy",
            env={"PATH": path, "HOME": "/nonexistent", **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    return run
