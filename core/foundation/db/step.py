"""One owner's migration inside its one transaction: what must hold before it and after it."""

import re
from dataclasses import dataclass, field

from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.schema import SchemaItem

from foundation.db.catalogue import Thing, outside, strays
from foundation.db.history import History, Owner
from foundation.db.model import CORE, SchemaInfo
from foundation.db.steps import note_steps

ENGINE = "procrastinate"
"""The schema of the engine that delivers runs: core's own revisions make it, nobody else may."""

# A change of rows in a migration has no event of its own; the guard's triggers then pass, and
# at once, because a table with pending trigger events cannot be altered.
ENTER = (
    text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)"),
    text("SET CONSTRAINTS ALL IMMEDIATE"),
)


# A month of a table: no model has it, and its table makes it.
_PARTITION = re.compile(r"_p\d{4}_\d{2}$")


class Strayed(Exception):
    """A migration touched what is not its owner's; it was rolled back."""


@dataclass(slots=True)
class Step:
    """What ``env.py`` needs to run one owner's revisions, or to compare its tables."""

    owner: Owner
    connection: Connection
    history: History | None = None
    """What is migrated to; None when tables are only compared."""
    _before: frozenset[Thing] = field(default=frozenset(), init=False)

    def includes_name(self, name: str | None, type_: str, _parents: object) -> bool:
        """Let only the owner's schema through, and only tables of models (Alembic's filter)."""
        if type_ == "schema":
            return name == self.owner.id
        if type_ != "table" or name is None:
            return True
        return name != "alembic_version" and _PARTITION.search(name) is None

    def includes_object(
        self,
        item: SchemaItem,
        name: str | None,
        type_: str,
        reflected: bool,  # noqa: FBT001  # Alembic's own signature
        _compare_to: object,
    ) -> bool:
        """Refuse a model's table that lies in another schema (Alembic's filter)."""
        schema = getattr(item, "schema", self.owner.id)
        if type_ == "table" and not reflected and schema != self.owner.id:
            raise Strayed(f"the table {schema}.{name} is not in the schema {self.owner.id}")
        return True

    def enter(self) -> None:
        """Look around before the first revision."""
        if self.history is None:
            return
        self._before = self._others()
        for statement in ENTER:
            self.connection.execute(statement)

    def leave(self) -> None:
        """Note the generation; raises `Strayed` if anything outside the owner's schema changed."""
        if self.history is None:
            return
        lines = strays(self._before, self._others())
        if lines:
            raise Strayed(f"it must stay in the schema {self.owner.id}, but it " + "; ".join(lines))
        self._note(self.history)

    def _others(self) -> frozenset[Thing]:
        """Return what lies outside this owner's schema, and for core outside its engine's too."""
        found = outside(self.connection, self.owner.id)
        if self.owner.id != CORE:
            return found
        return frozenset(thing for thing in found if thing[1] != ENGINE)

    def _note(self, history: History) -> None:
        note_steps(self.connection, self.owner)
        facts = {
            "revision": history.head,
            "generation": history.generation,
            "readable_from": history.readable_from,
        }
        row = insert(SchemaInfo).values(owner=self.owner.id, **facts)
        self.connection.execute(row.on_conflict_do_update(index_elements=["owner"], set_=facts))
