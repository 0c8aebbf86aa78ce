"""Runs the web's unit tests, then pytest, whose closing line stays the last one printed."""

import subprocess
import sys

import node
from prepare import ROOT, VENV


def main() -> int:
    """Run both, also when the first fails; returns pytest's exit code, else the web's."""
    web = 0
    if not sys.argv[1:]:
        env = node.environment(VENV)
        web = subprocess.run(["npm", "test"], cwd=ROOT / "web", env=env, check=False).returncode
        sys.stdout.flush()
    tests = subprocess.run([VENV / "bin" / "pytest", *sys.argv[1:]], cwd=ROOT, check=False)
    return tests.returncode or web


if __name__ == "__main__":
    sys.exit(main())
