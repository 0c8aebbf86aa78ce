"""How the links to PostgreSQL and Redis are kept from listeners (OWASP ASVS 12.3.1)."""

import ipaddress
from urllib.parse import urlsplit

from foundation.auth.oidc.examine import Finding
from foundation.db.address import engine_url
from foundation.settings import Settings

OWN = "it stays on this machine or in its own network"


def examine_links(settings: Settings) -> list[Finding]:
    """Return how each link is kept; one that leaves the own network wants TLS that is checked."""
    return [_database(settings), *_redis(settings)]


def _database(settings: Settings) -> Finding:
    url = engine_url(settings.database_url)
    host = str(url.query.get("host") or url.host or "localhost")
    if is_near(host):
        return "database link", "ok", OWN
    if url.query.get("ssl") == "verify-full":
        return "database link", "ok", "it is encrypted, and the server has to prove itself"
    return "database link", "warn", f"add ?sslmode=verify-full: anybody on the way to {host} reads"


def _redis(settings: Settings) -> list[Finding]:
    if settings.redis_url is None:
        return []
    parts = urlsplit(settings.redis_url.reveal())
    if parts.scheme in {"unix", "rediss"}:
        return [("redis link", "ok", "it is a socket, or encrypted")]
    if is_near(parts.hostname or "localhost"):
        return [("redis link", "ok", OWN)]
    return [("redis link", "warn", f"use rediss://: anybody on the way to {parts.hostname} reads")]


def is_near(host: str) -> bool:
    """Tell whether *host* is a socket, this machine, or a name or address of an own network."""
    if host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host
