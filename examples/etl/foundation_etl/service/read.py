"""Read: records from CSV text, or from one query on somebody else's PostgreSQL."""

import csv
import io
from typing import Any

from sqlalchemy import URL, Select, literal_column, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from foundation.ports import UsedCredential
from foundation.sdk import Conflict

MOST_ROWS = 10_000
CONNECT_S = 5
READ_ONLY = {"default_transaction_read_only": "on", "statement_timeout": "15000"}

Cell = str | int | float | bool | None
Records = list[dict[str, Cell]]


class CannotRead(Conflict):
    """The source could not be read; its rows of the last time are kept."""

    code, title = "etl_cannot_read", "The source cannot be read"


def read_csv(content: str) -> Records:
    """Return the records of CSV text whose first line names the fields; raises `CannotRead`."""
    reader = csv.DictReader(io.StringIO(content), strict=True)
    records: Records = []
    try:
        names = reader.fieldnames or []
        if len(set(names)) != len(names) or not all(names):
            raise CannotRead("the first line names each field, once")
        for number, record in enumerate(reader, start=1):
            if None in record or None in record.values():
                raise CannotRead(f"row {number} has not {len(names)} values")
            if number > MOST_ROWS:
                raise _too_many()
            records.append(dict(record))
    except csv.Error as broken:
        raise CannotRead(f"line {reader.line_num}: {broken}") from None
    return records


async def read_postgres(used: UsedCredential, query: str) -> Records:
    """Return the records of *query*, run read-only; raises `CannotRead`."""
    engine = create_async_engine(
        _url(used),
        poolclass=NullPool,
        connect_args={"timeout": CONNECT_S, "server_settings": READ_ONLY},
    )
    try:
        async with engine.connect() as connection:
            result = await connection.execute(_limited(query))
            found = result.mappings().all()
    except DBAPIError as refused:
        raise CannotRead(str(refused.orig).partition("\n")[0][:300]) from None
    except (OSError, TimeoutError) as away:
        raise CannotRead(f"the database cannot be reached: {type(away).__name__}") from None
    finally:
        await engine.dispose()
    if len(found) > MOST_ROWS:
        raise _too_many()
    return [{str(name): _cell(value) for name, value in record.items()} for record in found]


def _limited(query: str) -> Select[Any]:  # of whatever columns it has
    """Return *query* inside a SELECT with a limit; nothing in it is a parameter of ours."""
    inner = text(query.strip().rstrip(";").replace(":", "\\:") + "\n")
    return (
        select(literal_column("*"))
        .select_from(inner.columns().subquery("found"))
        .limit(MOST_ROWS + 1)
    )


def _url(used: UsedCredential) -> URL:
    """Return the address with the password, for the one engine that uses it."""
    values = used.values
    try:
        return URL.create(
            "postgresql+asyncpg",
            username=values["username"].reveal(),
            password=values["password"].reveal(),
            host=values["host"].reveal(),
            port=int(values["port"].reveal()) if "port" in values else 5432,
            database=values["database"].reveal(),
        )
    except (KeyError, ValueError):
        raise CannotRead(f"{used.ref.slug} is no credential of a PostgreSQL") from None


def _cell(value: Any) -> Cell:  # whatever the database holds
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _too_many() -> CannotRead:
    return CannotRead(f"it gives more than {MOST_ROWS} rows")
