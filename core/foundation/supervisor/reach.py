"""Whether what Foundation depends on answers at all, told in one line before anything starts."""

import socket
from urllib.parse import parse_qs, urlsplit

from foundation.secret import Secret

_PATIENCE = 3.0


def database_fault(url: Secret) -> str | None:
    """Return why the database at *url* cannot be reached, or None; the password is never told."""
    try:
        parts = urlsplit(url.reveal())
        port = parts.port or 5432
    except ValueError:
        return "FOUNDATION_DATABASE_URL: give postgresql://user:password@host:5432/name"
    host = parse_qs(parts.query).get("host", [parts.hostname or "localhost"])[0]
    if "," in host:
        return None  # several hosts: the driver finds the one that answers
    where = host if host.startswith("/") else f"{host}:{port}"
    reason = _try_socket(f"{host}/.s.PGSQL.{port}") if host.startswith("/") else _try(host, port)
    if reason is None:
        return None
    return (
        f"the database at {where} does not answer ({reason}). Start it, or correct "
        "FOUNDATION_DATABASE_URL"
    )


def provider_fault(issuer: str) -> str | None:
    """Return why the sign-in provider *issuer* cannot be reached, or None."""
    parts = urlsplit(issuer)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    reason = _try(parts.hostname or "", port)
    if reason is None:
        return None
    return (
        f"the sign-in provider at {issuer} does not answer ({reason}). Nobody can sign in until it "
        "does; start it, or correct FOUNDATION_OIDC_ISSUER"
    )


def _try(host: str, port: int) -> str | None:
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as refused:
        return refused.strerror or str(refused)
    return None


def _try_socket(path: str) -> str | None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as attempt:
        attempt.settimeout(_PATIENCE)
        try:
            attempt.connect(path)
        except OSError as refused:
            return refused.strerror or str(refused)
    return None
