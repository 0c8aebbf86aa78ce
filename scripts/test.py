"""Runs the web's unit tests, then pytest, whose closing line stays the last one printed."""

import compileall
import subprocess
import sys

import node
from prepare import ROOT, VENV

ALL = ("--numprocesses=logical", "--maxprocesses=4", "--dist=loadscope")
"""All tests at once: a worker for each core, each with a database server of its own."""


def main() -> int:
    """Run both, also when the first fails; returns pytest's exit code, else the web's."""
    # The tests start hundreds of processes, and where Python is told to keep no bytecode each of
    # them would compile all of core anew.
    for folder in ("core", "plugins"):
        compileall.compile_dir(ROOT / folder, quiet=1)
    web = 0
    if not sys.argv[1:]:
        env = node.environment(VENV)
        web = subprocess.run(["npm", "test"], cwd=ROOT / "web", env=env, check=False).returncode
        sys.stdout.flush()
    asked = sys.argv[1:] or ALL
    tests = subprocess.run([VENV / "bin" / "pytest", *asked], cwd=ROOT, check=False)
    return tests.returncode or web


if __name__ == "__main__":
    sys.exit(main())
