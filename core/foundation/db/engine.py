"""The database: sessions that read or write, and the only place that commits."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, cast

from pydantic_core import from_json
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.pool import NullPool
from sqlalchemy.sql.elements import TextClause

from foundation.db.address import Unreachable, connect_arguments, engine_url
from foundation.db.direct import Asking, ReadingSession
from foundation.db.faults import OutcomeUnknown, broken_constraint, is_lost, is_retryable, to_error
from foundation.db.pool import Observe, WatchedPool, observed
from foundation.db.riding import WritingSession
from foundation.secret import Secret

__all__ = [
    "Database",
    "OutcomeUnknown",
    "ReadsOnly",
    "Unreachable",
    "broken_constraint",
    "is_retryable",
    "to_error",
]

TIMEOUTS = {
    "statement_timeout": "5000",
    "lock_timeout": "500",
    "idle_in_transaction_session_timeout": "10000",
}
"""What the server ends by itself, in milliseconds."""

POOL, OVERFLOW = 5, 3
"""Connections that a process keeps, and those it may open on top in a rush."""

_READS = re.compile(r"[\s(]*(select|show|values|table|explain|with)\b", re.IGNORECASE)
_WRITES = re.compile(r"\b(insert|update|delete|merge|into|nextval|setval)\b", re.IGNORECASE)


class ReadsOnly(RuntimeError):
    """A session that only reads was asked to write: a fault of the caller, not of the client."""


class Database:
    """The pool of one process, and the sessions on it.

    *observe* is called after each statement with the seconds it took, waiting included. *acting*
    says whose code runs: the statement carries it in a comment, for the server's own log.
    *checkout* is told of each connection that was asked for.
    """

    def __init__(
        self,
        url: Secret,
        *,
        application_name: str = "foundation",
        observe: Callable[[float], None] | None = None,
        acting: Callable[[], str | None] = lambda: None,
        checkout: Observe | None = None,
    ) -> None:
        self._url, self._name = url, application_name
        self._engine = create_async_engine(
            engine_url(url),
            # No pre-ping: it costs half as much again, and a dead connection is retried once.
            poolclass=observed(checkout),
            pool_size=POOL,
            max_overflow=OVERFLOW,
            pool_timeout=2,
            pool_recycle=1800,
            pool_use_lifo=True,
            hide_parameters=True,
            json_deserializer=_read_json,
            connect_args=connect_arguments(application_name, TIMEOUTS, command_timeout=10.0),
        )
        _bound_commands(self._engine.sync_engine)
        _sign_statements(self._engine.sync_engine, acting)
        if observe is not None:
            _time_statements(self._engine.sync_engine, observe)
        self.marks: dict[str, Any] = {}  # what every session that writes carries in its info
        self._writing = async_sessionmaker(
            self._engine, sync_session_class=WritingSession, expire_on_commit=False
        )
        self._reading = async_sessionmaker(
            # The same pool: a mark of the connection while it is out, no statement of its own.
            self._engine.execution_options(isolation_level="AUTOCOMMIT"),
            class_=ReadingSession,
            asking=Asking(self._engine, observe=observe, acting=acting),
            sync_session_class=_session_that_reads(),
            expire_on_commit=False,
            autoflush=False,
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Open a session in a transaction: committed at the end, rolled back on any exception.

        Raises `OutcomeUnknown` when the connection is lost during COMMIT.
        """
        async with self._writing(info=dict(self.marks)) as session:
            yield session
            await session.flush()  # what fails here surely did not happen
            await _commit(session)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Open a session in autocommit; each statement sees the newest data.

        Raises `ReadsOnly` for a write through the ORM, a Core statement or a text.
        """
        session = self._reading()
        try:
            yield session
        except BaseException:
            await asyncio.shield(session.close())
            raise
        if session.in_transaction():  # else it was not used, or only lent to the driver
            # In autocommit this waits for nothing, so nothing can cut it: it needs no task.
            await session.close()

    @asynccontextmanager
    async def apart(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection of its own in autocommit, for what no transaction may hold.

        It has no limit of time: what is done here may wait for everybody else.
        """
        arguments = connect_arguments(self._name, {})
        engine = create_async_engine(
            engine_url(self._url),
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args=arguments,
        )
        try:
            async with engine.connect() as connection:
                yield connection
        finally:
            await engine.dispose()

    async def ping(self) -> None:
        """Ask the database for a sign of life; raises `Unreachable` or another `Unavailable`."""
        async with self.reading() as session:
            await session.execute(text("SELECT 1"))

    def connections(self) -> tuple[int, int, int]:
        """Return how many connections are in use, how many are idle, and how many there may be."""
        pool = self._pool()
        return pool.checkedout(), pool.checkedin(), POOL + OVERFLOW

    def waiting(self) -> int:
        """Return how many wait for a connection now."""
        return self._pool().waiting

    async def dispose(self) -> None:
        """Close the pool."""
        await self._engine.dispose()

    def _pool(self) -> WatchedPool:
        return cast("WatchedPool", self._engine.sync_engine.pool)


def _read_json(text: str) -> Any:  # whatever is in the column
    """Read JSON as the standard library does, in a tenth of the time."""
    try:
        return from_json(text, cache_strings="keys")
    except ValueError:  # deeper than two hundred levels
        return json.loads(text)


async def _commit(session: AsyncSession) -> None:
    try:
        await session.commit()
    except DBAPIError as fault:
        if is_lost(fault):
            raise OutcomeUnknown("Look before you repeat it.") from fault
        raise


def _session_that_reads() -> type[Session]:
    # A class of its own: the listeners must not reach the sessions that write.
    class ReadingSession(Session):
        """A session whose writes are refused."""

    event.listen(ReadingSession, "do_orm_execute", _refuse_statement)
    event.listen(ReadingSession, "before_flush", _refuse_flush)
    return ReadingSession


def _refuse_statement(state: ORMExecuteState) -> None:
    if state.is_select:
        return
    statement = state.statement
    if isinstance(statement, TextClause) and _only_reads(statement.text):
        return
    if state.is_insert or state.is_update or state.is_delete or isinstance(statement, TextClause):
        raise ReadsOnly(
            "this session only reads; a route that writes is POST, PUT, PATCH or DELETE"
        )


def _only_reads(sql: str) -> bool:
    # "FOR UPDATE" is refused with the rest: a lock in autocommit is gone with its statement.
    return _READS.match(sql) is not None and _WRITES.search(sql) is None


def _refuse_flush(session: Session, _context: object, _instances: object) -> None:
    if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
        raise ReadsOnly("this session only reads; nothing added, changed or deleted is kept")


def _bound_commands(engine: Engine) -> None:
    """Tell a command that timed out as `Unreachable`; the driver raises a bare `TimeoutError`."""

    def tell(context: Any) -> None:  # ExceptionContext, whose attributes are untyped
        if isinstance(context.original_exception, TimeoutError):
            raise Unreachable("a command had no answer within 10 s") from context.original_exception

    event.listen(engine, "handle_error", tell)


def _sign_statements(engine: Engine, acting: Callable[[], str | None]) -> None:
    """Say in a comment whose statement it is: the same for each plugin, so plans stay cached."""

    def sign(
        _connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object
    ) -> tuple[str, Any]:  # the driver's own parameters
        plugin = acting()
        return (f"{statement} /* plugin={plugin} */" if plugin else statement), parameters

    event.listen(engine, "before_cursor_execute", sign, retval=True)


def _time_statements(engine: Engine, observe: Callable[[float], None]) -> None:
    def begin(connection: Any, *_rest: object) -> None:  # SQLAlchemy's own positional signature
        connection.info["began"] = time.perf_counter()

    def end(connection: Any, *_rest: object) -> None:
        observe(time.perf_counter() - connection.info["began"])

    event.listen(engine, "before_cursor_execute", begin)
    event.listen(engine, "after_cursor_execute", end)
