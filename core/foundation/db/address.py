"""Database addresses: from the text of a setting to a connection, or one clear reason why not."""

import os
import socket
from collections.abc import Mapping
from typing import Any

import asyncpg
from sqlalchemy import URL
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from foundation.errors import Unavailable
from foundation.secret import Secret

SCHEMES = ("postgresql", "postgres", "postgresql+asyncpg")
RENAMED = {"sslmode": "ssl", "connect_timeout": "timeout"}
"""libpq's names of parameters, and what asyncpg calls them."""

CONNECT_SECONDS = 3.0


class BadAddress(ValueError):
    """The text is not the address of a PostgreSQL database; the message never holds the text."""


class Unreachable(Unavailable):
    """No connection can be made; *reason* is for operators, the detail for anybody."""

    code, title = "database_away", "The database is away"

    def __init__(self, reason: str) -> None:
        super().__init__("The database cannot be reached.", headers={"Retry-After": "2"})
        self.reason = reason


def engine_url(url: Secret) -> URL:
    """Return *url* for SQLAlchemy and asyncpg; raises `BadAddress`.

    Takes what libpq takes: ``postgres://`` too, ``?host=/folder`` for a socket, ``?sslmode=``.
    """
    try:
        parsed = make_url(url.reveal())
    except (ArgumentError, ValueError):
        raise BadAddress("give an address such as postgresql://user:password@host/name") from None
    if parsed.drivername not in SCHEMES:
        raise BadAddress("only PostgreSQL is supported: postgresql://user:password@host/name")
    query = {RENAMED.get(name, name): value for name, value in parsed.query.items()}
    return parsed.set(drivername="postgresql+asyncpg", query=query)


def place(url: Secret) -> str:
    """Return where the database is, for messages: host, port and name, never user or password."""
    parsed = engine_url(url)
    host = parsed.query.get("host") or parsed.host or "localhost"
    port = f":{parsed.port}" if parsed.port else ""
    return f"{host}{port}/{parsed.database or ''}"


def connect_arguments(
    application_name: str, server: Mapping[str, str], *, command_timeout: float | None = None
) -> dict[str, Any]:  # the driver's own keywords
    """Return how each connection is made; *server* are settings of the server's session."""
    return {
        "async_creator_fn": _connect,
        "command_timeout": command_timeout,
        "server_settings": {"application_name": application_name, **server},
    }


async def _connect(**keywords: Any) -> Any:  # SQLAlchemy hands the driver's keywords through
    """Connect with asyncpg; raises `Unreachable` whatever the reason is."""
    timeout = float(keywords.pop("timeout", CONNECT_SECONDS))
    try:
        return await asyncpg.connect(**keywords, timeout=timeout)
    except TimeoutError as late:
        raise Unreachable(f"no answer within {timeout:g} s") from late
    except OSError as refused:
        raise Unreachable(_words(refused)) from refused
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as refused:
        raise Unreachable(str(refused)) from refused


def _words(refused: OSError) -> str:
    """Return the system's words; asyncio puts the address into ``strerror``, in its own form."""
    if isinstance(refused, socket.gaierror) or not refused.errno:
        return refused.strerror or str(refused)
    return os.strerror(refused.errno)


def direct_engine(url: Secret, *, application_name: str, server: Mapping[str, str]) -> AsyncEngine:
    """Return an engine without a pool: each connection is new, and closed after its use."""
    return create_async_engine(
        engine_url(url),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args=connect_arguments(application_name, server),
    )
