"""The way back of each revision, written down as SQL when it is applied, for when its code is gone.

Production goes forward; this is for emergencies. A revision that reads data on its way back cannot
be written down and counts as one-way.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db.history import Owner, config_for, readable_from
from foundation.db.model import CoreBase

READS = "its way back reads data, so it cannot be written down"


class StepRow(CoreBase):
    """One revision that was applied, its place in its owner's history, and its way back.

    *down_sql* is empty and *one_way* says why, where there is no way back; *digest* is over both.
    """

    __tablename__ = "plugin_steps"

    owner: Mapped[str] = mapped_column(primary_key=True)
    revision: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[int]
    readable_from: Mapped[int]
    down_sql: Mapped[str]
    one_way: Mapped[str]
    digest: Mapped[str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step back, as it was written down."""

    revision: str
    place: int
    readable_from: int
    down_sql: str
    one_way: str


class NoWayBack(Exception):
    """The tables of an owner cannot be brought back to where they were asked to; says why."""


def note_steps(connection: Connection, owner: Owner) -> None:
    """Write down every revision of *owner* with its way back, as its code has it now."""
    directory = ScriptDirectory.from_config(config_for(owner))
    scripts = [*directory.walk_revisions()][::-1]
    names = tuple(script.revision for script in scripts)
    for place, script in enumerate(scripts, start=1):
        down_sql, one_way = way_back(script)
        facts = {
            "place": place,
            "readable_from": readable_from(scripts[:place], names),
            "down_sql": down_sql,
            "one_way": one_way,
            "digest": _digest(down_sql, one_way),
        }
        row = insert(StepRow).values(owner=owner.id, revision=script.revision, **facts)
        kept = row.on_conflict_do_update(index_elements=["owner", "revision"], set_=facts)
        connection.execute(kept)


def way_back(script: Script) -> tuple[str, str]:
    """Return the SQL that takes a revision back, or why there is none."""
    reason = getattr(script.module, "one_way", "")
    if reason:
        return "", str(reason)
    out = io.StringIO()
    options = {"as_sql": True, "output_buffer": out}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    try:
        with Operations.context(context):
            script.module.downgrade()
    except Exception:  # noqa: BLE001  # a revision is foreign code, and has no database here
        return "", READS
    return out.getvalue(), ""


def steps_back(connection: Connection, owner: str, *, present: str, to: str) -> Sequence[Step]:
    """Return the steps from *present* back to *to*, newest first; raises `NoWayBack`."""
    rows = connection.execute(
        select(StepRow.__table__).where(StepRow.owner == owner).order_by(StepRow.place)
    ).mappings()
    known = {row["revision"]: row for row in rows}
    for revision in (present, to):
        if revision not in known:
            raise NoWayBack(f"{revision} is not written down in the ledger")
    target = known[to]["place"]
    steps = [
        Step(row["revision"], row["place"], row["readable_from"], row["down_sql"], row["one_way"])
        for row in known.values()
        if target < row["place"] <= known[present]["place"]
    ]
    for step in steps:
        if step.one_way:
            raise NoWayBack(f"{step.revision} is one-way: {step.one_way}")
        row = known[step.revision]
        if row["digest"] != _digest(step.down_sql, step.one_way):
            raise NoWayBack(f"what is written down of {step.revision} was changed")
    if not steps:
        raise NoWayBack(f"the tables are at {present}, which is not after {to}")
    return steps[::-1]


def readable_at(connection: Connection, owner: str, revision: str) -> int:
    """Return the oldest generation whose code reads the tables of *revision*."""
    oldest = select(StepRow.readable_from).where(
        StepRow.owner == owner, StepRow.revision == revision
    )
    return int(connection.scalar(oldest) or 1)


def forget_steps(connection: Connection, owner: str, steps: Sequence[Step]) -> None:
    """Take *steps* out of what is written down, because they are about to be gone back."""
    gone = [step.revision for step in steps]
    connection.execute(delete(StepRow).where(StepRow.owner == owner, StepRow.revision.in_(gone)))


def _digest(down_sql: str, one_way: str) -> str:
    return hashlib.sha256(f"{one_way}\0{down_sql}".encode()).hexdigest()
