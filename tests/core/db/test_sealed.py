"""Tables with sealed values are found, and say what their rows are bound to."""

import pytest
from sqlalchemy import Column, MetaData, Table, Text, literal

from foundation.db.sealed import SEALED, NoPlace, SealedPlace, holds_sealed, place_of, sealed_tables

PLACE = SealedPlace(thing="id", version="v", field="f", type=literal("x"))


def table(name: str, *columns: str, **info) -> Table:
    return Table(name, MetaData(schema="s"), *(Column(c, Text) for c in columns), info=info)


def test_a_table_with_wrapped_keys_holds_sealed_values():
    assert holds_sealed(table("a", "kid", "wdek"))
    assert not holds_sealed(table("b", "kid"))


def test_they_are_listed_by_name():
    found = sealed_tables([table("b", "kid", "wdek"), table("c"), table("a", "kid", "wdek")])

    assert [one.name for one in found] == ["a", "b"]


def test_a_table_tells_the_place_of_its_rows():
    assert place_of(table("a", "kid", "wdek", **{SEALED: PLACE})) is PLACE


def test_a_table_without_a_place_is_named():
    with pytest.raises(NoPlace, match="s.a"):
        place_of(table("a", "kid", "wdek"))
