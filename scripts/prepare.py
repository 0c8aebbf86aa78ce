"""Makes a fresh machine ready: virtual environment, locked packages, Node and the web app.

Run by the Makefile with any Python from 3.11 on: ``prepare.py run`` for what the product needs,
``prepare.py dev`` for tests and checks as well, ``prepare.py bench`` for measuring too. Each step
leaves a stamp with the hash of what it was made from, so a second run only compares.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import node

ROOT = Path(__file__).parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
WEB = ROOT / "web"
REFERENCE = ROOT / "bench" / "reference"


class Stopped(Exception):
    """A step failed; the message is one line that says what to do."""


def say(line: str) -> None:
    """Print what is about to be done, at once: it can take a minute."""
    print(line, flush=True)


def digest(files: Iterable[Path]) -> str:
    """Return one hash over the names and the contents of *files*."""
    whole = hashlib.sha256()
    for file in sorted(files):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        whole.update(f"{file.relative_to(ROOT)} {content}\n".encode())
    return whole.hexdigest()


def is_done(step: str, state: str) -> bool:
    """Tell whether *step* was last finished in this *state*."""
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text("utf-8") == state


def done(step: str, state: str) -> None:
    """Note that *step* was finished in this *state*."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(state, "utf-8")


def run(
    command: Sequence[str | Path],
    *,
    otherwise: str,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
) -> None:
    """Run a command in silence; on failure show its last lines and raise `Stopped`."""
    result = subprocess.run(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        print(*result.stdout.strip().splitlines()[-15:], sep="\n", file=sys.stderr)
        raise Stopped(otherwise)


def make_venv() -> None:
    """Make .venv with the Python that runs this, unless a working one is there."""
    works = (
        PYTHON.exists() and not subprocess.run([PYTHON, "-c", "import pip"], check=False).returncode
    )
    if works:
        return
    say(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor}")
    run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        otherwise="the virtual environment could not be made; is the venv package installed and "
        "the disk not full? (Debian: apt install python3-venv)",
    )


def pip_install(*arguments: str | Path, what: str) -> None:
    """Install into .venv what is named, without asking for anything that is not."""
    options = ("--quiet", "--no-input", "--disable-pip-version-check", "--no-deps")
    run(
        [PYTHON, "-m", "pip", "install", *options, *arguments],
        otherwise=f"pip could not install {what}; the lines above say why "
        "(without a network, point pip at an index that answers)",
    )


def install_locked(*sets: str) -> None:
    """Install locked sets, checking the hash of every file."""
    files = [ROOT / "requirements" / f"{name}.txt" for name in sets]
    step, state = "-".join(sets), digest(files)
    if is_done(step, state):
        return
    count = sum(line.count("==") for file in files for line in file.read_text("utf-8").splitlines())
    say(f"Installing the locked packages: {', '.join(sets)} (about {count})")
    requirements = [part for file in files for part in ("--requirement", file)]
    pip_install("--require-hashes", *requirements, what="the locked packages")
    done(step, state)


def install_projects() -> None:
    """Install core and every bundled plugin from this folder, editable, without isolation."""
    files = [ROOT / "core" / "pyproject.toml", *ROOT.glob("plugins/*/pyproject.toml")]
    state = digest(files)
    if is_done("projects", state):
        return
    say(f"Installing core and {len(files) - 1} plugins")
    folders = [part for file in sorted(files) for part in ("--editable", file.parent)]
    pip_install("--no-build-isolation", *folders, what="core and the plugins")
    done("projects", state)


def web_environment() -> Mapping[str, str]:
    """Return an environment with a Node that fits, installing the wheel when there is none."""
    if node.environment(VENV) is None:
        with suppress(Stopped):
            install_locked("node")
        node.link_wheel(VENV)
    env = node.environment(VENV)
    if env is None:
        raise Stopped(f"Node is missing: install Node {node.WANTED}, with npm, and try again")
    return env


def web_sources() -> list[Path]:
    """Return all files from which the shell and the pages of the plugins are built."""
    sources = []
    for folder in [WEB, *ROOT.glob("plugins/*/ui"), *ROOT.glob("examples/*/ui")]:
        for parent, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if name not in {"node_modules", "dist", "test"}]
            sources += [Path(parent) / name for name in names]
    return sources


def build_web() -> None:
    """Install the npm packages and build the shell and the pages, when a source has changed."""
    lock = [WEB / "package-lock.json", WEB / "package.json"]
    packages, sources = digest(lock), digest(web_sources())
    installed = is_done("npm", packages) and (WEB / "node_modules").is_dir()
    built = is_done("web", sources) and (WEB / "dist" / "index.html").is_file()
    if installed and built:
        return
    env = web_environment()
    if not installed:
        say("Installing the npm packages")
        command = ["npm", "ci", "--no-audit", "--no-fund"]
        run(command, cwd=WEB, env=env, otherwise="npm ci failed; the lines above say why")
        done("npm", packages)
    say("Building the web app")
    run(["npm", "run", "build"], cwd=WEB, env=env, otherwise="the web app did not build")
    done("web", sources)


def install_reference() -> None:
    """Install the npm packages of the stack that `make bench` compares with."""
    packages = digest([REFERENCE / "package-lock.json", REFERENCE / "package.json"])
    if is_done("reference", packages) and (REFERENCE / "node_modules").is_dir():
        return
    say("Installing the npm packages of the reference stack")
    command = ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    run(command, cwd=REFERENCE, env=web_environment(), otherwise="npm ci failed; see above")
    done("reference", packages)


def main() -> int:
    """Do all steps for ``run``, ``dev`` or ``bench``; returns the exit code."""
    wanted = sys.argv[1:]
    try:
        make_venv()
        if wanted in (["dev"], ["bench"]):
            install_locked("dev")
        elif not is_done("dev", digest([ROOT / "requirements" / "dev.txt"])):
            install_locked("runtime", "build")
        install_projects()
        build_web()
        if wanted == ["bench"]:
            install_reference()
    except Stopped as stopped:
        print(f"foundation: {stopped}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
