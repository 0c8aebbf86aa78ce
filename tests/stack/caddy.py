"""Caddy as its image starts it, told ports of this machine."""

import os
from pathlib import Path

from .ports import LOOPBACK, Ports
from .program import program
from .shipped import DEPLOY


def caddy_command() -> list[str | Path]:
    """Return how Caddy's image starts it, on the shipped file."""
    run = ["run", "--adapter", "caddyfile", "--config"]
    return [program("caddy"), *run, DEPLOY / "caddy" / "Caddyfile"]


def caddy_environ(folder: Path, ports: Ports) -> dict[str, str]:
    """Return what Caddy is told in compose.yaml, for ports of this machine."""
    return {
        "CADDY_DOMAIN": "localhost",
        "CADDY_EMAIL": "ops@example.org",
        "CADDY_API": f"{LOOPBACK}:{ports.api}",
        "CADDY_WEB": f"{LOOPBACK}:{ports.web}",
        "CADDY_HTTP_PORT": str(ports.http),
        "CADDY_HTTPS_PORT": str(ports.https),
        "CADDY_HEALTH_PORT": str(ports.health),
        "XDG_DATA_HOME": str(folder / "caddy-data"),
        "XDG_CONFIG_HOME": str(folder / "caddy-config"),
        "HOME": str(folder),
        "GOMAXPROCS": os.environ.get("GOMAXPROCS", "1"),
    }
