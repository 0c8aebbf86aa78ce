"""MySQL and MariaDB, by PyMySQL: sign in and ask for nothing."""

import asyncio
from collections.abc import Mapping, Sequence

import pymysql
from pymysql.constants import CR, ER

REFUSALS = frozenset(
    {ER.ACCESS_DENIED_ERROR, ER.DBACCESS_DENIED_ERROR, ER.BAD_DB_ERROR, ER.HOST_NOT_PRIVILEGED}
)
AWAY = frozenset({CR.CR_CONN_HOST_ERROR, CR.CR_SERVER_LOST, CR.CR_SERVER_GONE_ERROR})
LONGEST_S = 10


async def ask(_kind: str, values: Mapping[str, str], *, inside: Sequence[str]) -> str:  # noqa: ARG001  # all are asked alike
    """Return whether the database lets us in."""
    # Blocking is no harm here: this process does nothing else, and is ended when its time is over.
    return await asyncio.to_thread(_signed_in, values)


def _signed_in(values: Mapping[str, str]) -> str:
    try:
        connection = pymysql.connect(
            host=values["host"],
            port=int(values["port"]),
            database=values["database"],
            user=values["username"],
            password=values["password"],
            connect_timeout=LONGEST_S,
            read_timeout=LONGEST_S,
            write_timeout=LONGEST_S,
        )
    except pymysql.MySQLError as refused:
        return _word(refused)
    connection.close()
    return "ok"


def _word(refused: pymysql.MySQLError) -> str:
    code = refused.args[0] if refused.args else 0
    if code in REFUSALS:
        return "refused"
    if isinstance(getattr(refused, "original_exception", None), TimeoutError):
        return "timeout"
    return "unreachable" if code in AWAY else "failed"
