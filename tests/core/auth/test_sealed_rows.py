"""What is sealed in a table is read with the place it is bound to, in the order of its key."""

from uuid import UUID

import pytest
from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    create_engine,
    insert,
    literal,
)

from foundation.auth.sealed_rows import sealed_of, sealed_rows
from foundation.crypto.envelope import Binding, SealedValue
from foundation.db.sealed import SEALED, NoPlace, SealedPlace

PARTS = ("wnonce", "wdek", "nonce", "ct")
COLUMNS = {"name": Text, "thing": Uuid, "round": Integer, "part": Text, "fmt": Integer, "kid": Text}
PLACE = SealedPlace("thing", "round", "part", literal("basic"))
THING = UUID(int=7)


def table(**info) -> Table:
    columns = [Column(name, type_, primary_key=name == "name") for name, type_ in COLUMNS.items()]
    parts = [Column(part, LargeBinary) for part in PARTS]
    return Table("secrets", MetaData(), *columns, *parts, info=info)


@pytest.fixture
def kept():
    """Give a table of three sealed rows and an empty one, and a connection to it."""
    made = table(**{SEALED: PLACE})
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        made.create(connection)
        for name, kid in (("c", "k1"), ("a", "k1"), ("d", ""), ("b", "k2")):
            sealed = {part: f"{part} {name}".encode() for part in PARTS}
            place = {"thing": THING, "round": 3, "part": "password"}
            connection.execute(insert(made).values(name=name, kid=kid, fmt=1, **place, **sealed))
        yield made, connection
    engine.dispose()


def test_what_is_sealed_comes_in_the_order_of_the_key(kept):
    made, connection = kept

    assert [row.name for row in connection.execute(sealed_rows(made))] == ["a", "b", "c"]


def test_what_comes_after_a_row_is_read_from_there(kept):
    made, connection = kept
    first = connection.execute(sealed_rows(made).limit(1)).one()

    rest = connection.execute(sealed_rows(made, after=first))
    assert [row.name for row in rest] == ["b", "c"]


def test_a_row_gives_its_value_and_what_it_is_bound_to(kept):
    made, connection = kept
    _, row, _ = connection.execute(sealed_rows(made))

    assert sealed_of(row) == (
        SealedValue(1, "k2", b"wnonce b", b"wdek b", b"nonce b", b"ct b"),
        Binding(THING, 3, "password", "basic"),
    )


def test_a_table_that_does_not_say_what_its_rows_are_bound_to_is_named():
    with pytest.raises(NoPlace, match="secrets"):
        sealed_rows(table())
