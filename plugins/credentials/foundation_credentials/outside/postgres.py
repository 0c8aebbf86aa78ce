"""PostgreSQL, by asyncpg: sign in and ask for nothing."""

from collections.abc import Mapping, Sequence

import asyncpg

REFUSALS = frozenset({"28P01", "28000", "3D000", "42501"})
"""SQLSTATEs: wrong password, not admitted, no such database, no right."""


async def ask(_kind: str, values: Mapping[str, str], *, inside: Sequence[str]) -> str:  # noqa: ARG001  # all are asked alike
    """Return whether the database lets us in."""
    try:
        connection = await asyncpg.connect(
            host=values["host"],
            port=int(values["port"]),
            database=values["database"],
            user=values["username"],
            password=values["password"],
        )
    except asyncpg.PostgresError as refused:
        return "refused" if refused.sqlstate in REFUSALS else "failed"
    try:
        await connection.fetchval("SELECT 1")
    finally:
        await connection.close()
    return "ok"
