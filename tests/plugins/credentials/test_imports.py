"""Other people's forms are read as their own tools read them."""

import json

import pytest

from foundation.sdk import Invalid, Secret
from foundation_credentials.imports import from_airflow, from_env


def _env(text):
    return {name: value.reveal() for name, value in from_env(Secret(text)).items()}


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=plain", "plain"),
        ("export A = spaced ", "spaced"),
        ("A=with # a comment", "with"),
        ("A=not#one", "not#one"),
        ("A='single $HOME \\n'", "single $HOME \\n"),
        ('A="two\\nlines \\"q\\""', 'two\nlines "q"'),
        ('A="quoted" # comment', "quoted"),
        ("A=", ""),
        ("A=a=b", "a=b"),
    ],
)
def test_a_line_is_read(line, value):
    assert _env(f"# head\n\n{line}\n") == {"A": value}


def test_a_line_that_is_none_is_named_by_its_number():
    with pytest.raises(Invalid) as refused:
        from_env(Secret("A=1\ncanary here\n"))

    (problem,) = refused.value.errors
    assert problem.detail == "line 2 is not NAME=value"


def _airflow(**connections):
    return from_airflow(Secret(json.dumps(connections)))


def test_a_database_is_one_of_ours():
    (found,) = _airflow(My_DB="postgresql://ada:p%40ss@db.example:5433/crm")

    assert (found.slug, found.name, found.kind) == ("my-db", "My_DB", "postgres")
    assert {k: v.reveal() for k, v in found.values.items()} == {
        "host": "db.example", "port": "5433", "database": "crm", "username": "ada",
        "password": "p@ss",
    }  # fmt: skip


def test_a_web_service_keeps_its_url():
    connection = {"conn_type": "http", "host": "api.example", "schema": "https", "port": 8443}
    (found,) = _airflow(api=connection | {"login": "ada", "password": "x"})

    assert found.kind == "basic"
    assert found.values["url"] == Secret("https://api.example:8443")


def test_what_lacks_a_part_keeps_all_it_has_as_names_and_values():
    (found,) = _airflow(db={"conn_type": "postgres", "host": "db", "extra": {"a": 1}})

    assert found.kind == "kv"
    assert {k: v.reveal() for k, v in found.values.items()} == {
        "conn_type": "postgres", "host": "db", "extra": '{"a": 1}',
    }  # fmt: skip


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"a": 1}', '{"a": "http://h:bad/"}'])
def test_what_is_no_export_is_refused(text):
    with pytest.raises(Invalid):
        from_airflow(Secret(text))
