"""The shipped files of deploy/, read as a machine would use them: only names and ports replaced."""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml

from .program import ROOT

DEPLOY = ROOT / "deploy"


def compose() -> dict[str, Any]:  # YAML
    """Return compose.yaml with its anchors resolved."""
    return cast("dict[str, Any]", yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8")))


def example() -> dict[str, str]:
    """Return the lines of env.example that set something."""
    lines = (DEPLOY / "env.example").read_text("utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: value for name, _, value in pairs}


def make_secrets(folder: Path) -> None:
    """Make the secrets as an operator does, and what the sign-in provider would have given."""
    subprocess.run(["sh", DEPLOY / "secrets.sh", folder], check=True, capture_output=True)
    (folder / "oidc-client-secret").write_text("of the tests\n", "ascii")


def settings_of(service: str, *, secrets: Path) -> dict[str, str]:
    """Return the environment that compose gives *service*, with its files in *secrets*."""
    given: Mapping[str, str] = compose()["services"][service]["environment"]
    return {name: str(value).replace("/run/secrets", str(secrets)) for name, value in given.items()}


def postgres_settings() -> dict[str, str]:
    """Return what compose's command sets for PostgreSQL."""
    words = compose()["services"]["db"]["command"]
    return dict(word.split("=", 1) for word in words if "=" in word)


def valkey_words(*, secrets: Path, folder: Path) -> list[str]:
    """Return the arguments that compose gives the bundled Redis."""
    words = compose()["services"]["redis"]["command"][1:]
    places = {"/run/secrets": str(secrets), "/tmp": str(folder)}
    return [re.sub(r"^(/run/secrets|/tmp)", lambda found: places[found[1]], w) for w in words]


def write_nginx(folder: Path, *, port: int, web: Path) -> Path:
    """Write nginx's configuration for *web* into *folder*; return its path."""
    (folder / "tmp").mkdir(parents=True, exist_ok=True)
    rules = subprocess.run(
        [sys.executable, ROOT / "scripts" / "nginx_rules.py", web / "csp.txt"],
        env={"PYTHONPATH": str(ROOT / "core"), "PATH": "/usr/local/bin:/usr/bin:/bin"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    (folder / "rules.conf").write_text(rules, "utf-8")
    text = (DEPLOY / "nginx" / "nginx.conf").read_text("utf-8")
    for old, new in {
        " /tmp/": f" {folder}/tmp/",  # before paths come in that may begin so
        "/etc/nginx/": f"{folder}/",
        "/srv/web": str(web),
        "/srv/kept": str(folder / "kept"),
        "listen 80 ": f"listen 127.0.0.1:{port} ",
        # A container has one user from the start; root would drop to one that reads nothing here.
        "worker_processes 1;": "worker_processes 1;\nuser root;",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    written = folder / "nginx.conf"
    written.write_text(text, "utf-8")
    return written
