"""The session guard: a change without its audit event does not reach its commit.

It catches mistakes early and names the table. What goes around the session (a raw connection,
psql) meets the database's own guard, a deferred constraint trigger.
"""

import re
from typing import Any

from sqlalchemy import Table, event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.elements import TextClause

from foundation.audit.models import ROW, AuditRow
from foundation.db.model import CORE
from foundation.db.riding import has_ridden

UNAUDITED = "unaudited"
"""``__table_args__ = {"info": {UNAUDITED: "why"}}`` takes a table out of the rule."""

_WRITES = re.compile(
    r"\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from|merge\s+into|truncate)\b", re.IGNORECASE
)
_LOG = f"{CORE}.{AuditRow.__tablename__}"


class AuditMissing(Exception):
    """A change was about to be committed and nobody said what happened; it is undone."""


class Guard:
    """Watches one session from its first write to its commit."""

    __slots__ = ("_changed",)

    def __init__(self) -> None:
        self._changed: set[str] = set()

    def after_flush(self, session: Session, _flush: object) -> None:
        """Note what the unit of work wrote."""
        for row in (*session.new, *session.dirty, *session.deleted):
            if row in session.new or row in session.deleted or session.is_modified(row):
                self._note(row.__table__)

    def on_execute(self, state: ORMExecuteState) -> None:
        """Note a bulk statement; refuse a write in plain text, whose table cannot be seen."""
        statement: Any = state.statement  # any executable
        if isinstance(statement, TextClause) and _WRITES.search(statement.text):
            raise AuditMissing("a write in text() cannot be audited; use the model or its table")
        if isinstance(statement, UpdateBase):
            self._note(statement.table)

    def before_commit(self, session: Session) -> None:
        """Refuse the commit of a change without an event; the end of a savepoint is none."""
        if session.in_nested_transaction():
            return
        session.flush()
        if self._changed and not has_ridden(session, ROW.table):
            tables = ", ".join(sorted(self._changed))
            raise AuditMissing(f"a change to {tables} was not recorded with ctx.record")

    def _note(self, table: object) -> None:
        if isinstance(table, Table) and UNAUDITED not in table.info and table.key != _LOG:
            self._changed.add(table.key)


def watch(db: AsyncSession) -> Guard:
    """Set the guard on *db* for the rest of its life."""
    guard = Guard()
    session = db.sync_session
    event.listen(session, "after_flush", guard.after_flush)
    event.listen(session, "do_orm_execute", guard.on_execute)
    event.listen(session, "before_commit", guard.before_commit)
    return guard
