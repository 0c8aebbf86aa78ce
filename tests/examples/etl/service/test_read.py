"""Read: what CSV and a credential must be."""

from types import SimpleNamespace

import pytest

from foundation.sdk import Secret
from foundation_etl.service.read import MOST_ROWS, CannotRead, read_csv, read_postgres


def test_csv_becomes_records_by_the_names_of_its_first_line():
    assert read_csv('a,b\n1,"x, y"\n') == [{"a": "1", "b": "x, y"}]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a,a\n1,2\n", "names each field, once"),
        ("a,\n1,2\n", "names each field, once"),
        ("a,b\n1\n", "row 1 has not 2 values"),
        ("a\n1,2\n", "row 1 has not 1 values"),
        ('a\n"open\n', "line 1: unexpected end"),
        ("a\n" + "1\n" * (MOST_ROWS + 1), "more than 10000"),
    ],
)
def test_csv_that_is_not_whole_is_told_with_its_place(content, words):
    with pytest.raises(CannotRead, match=words):
        read_csv(content)


async def test_a_credential_of_another_kind_is_named_and_not_shown():
    used = SimpleNamespace(
        ref=SimpleNamespace(slug="crm"), values={"username": Secret("ada"), "token": Secret("t0p")}
    )

    with pytest.raises(CannotRead, match="crm is no credential of a PostgreSQL") as refused:
        await read_postgres(used, "SELECT 1")

    assert "t0p" not in str(refused.value)


async def test_a_database_that_is_away_is_told():
    values = {"host": "127.0.0.1", "port": "9", "database": "x", "username": "x", "password": "x"}
    used = SimpleNamespace(
        ref=SimpleNamespace(slug="crm"), values={n: Secret(v) for n, v in values.items()}
    )

    with pytest.raises(CannotRead, match="cannot be reached"):
        await read_postgres(used, "SELECT 1")
