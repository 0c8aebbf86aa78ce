"""Tables lie in their plugin's schema, and refer only to what core exports."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Uuid

from foundation.auth.models import Session, exported
from foundation.plugins.checks.tables import table_problems
from foundation.plugins.contributions import Tables

EXPORTED = frozenset({"users.id"})


@pytest.fixture
def problems(tmp_path):
    """Check one table whose second column refers to what is given."""

    def check(*references, schema="orders", folder=tmp_path):
        metadata = MetaData(schema=schema)
        columns = [
            Column(f"ref{number}", Uuid, reference) for number, reference in enumerate(references)
        ]
        Table("orders", metadata, Column("id", Integer, primary_key=True), *columns)
        return table_problems("orders", Tables(metadata, folder), exported=EXPORTED)

    return check


def test_a_table_in_its_own_schema_has_no_problem(problems):
    users = exported.users.c.id

    assert problems(ForeignKey(users, ondelete="CASCADE")) == []
    assert problems(ForeignKey(users, ondelete="set null")) == []
    assert problems(ForeignKey("orders.orders.id")) == []


@pytest.mark.parametrize("schema", [None, "foundation", "stock"])
def test_a_table_elsewhere_is_named(problems, schema):
    assert problems(schema=schema) == [
        f"table {schema or 'public'}.orders lies outside the schema orders"
    ]


def test_a_foreign_key_says_what_happens_when_core_deletes(problems):
    (problem,) = problems(ForeignKey(exported.users.c.id))

    assert "column ref0" in problem
    assert "has no ondelete" in problem


def test_a_foreign_key_by_text_is_refused(problems):
    (problem,) = problems(ForeignKey("foundation.users.id", ondelete="CASCADE"))

    assert "as text" in problem


def test_a_foreign_key_to_what_core_keeps_for_itself_is_refused(problems):
    private = Session.__table__.c.public_id

    (problem,) = problems(ForeignKey(private, ondelete="CASCADE"))

    assert "sessions.public_id, which foundation.sdk does not export" in problem


def test_a_foreign_key_to_another_plugin_is_refused(problems):
    other = Table("shelves", MetaData(schema="stock"), Column("id", Uuid, primary_key=True))

    (problem,) = problems(ForeignKey(other.c.id, ondelete="CASCADE"))

    assert "of another plugin; store the id, ask its port" in problem


def test_a_folder_of_migrations_that_is_not_there_is_told(problems, tmp_path):
    assert problems(folder=tmp_path / "gone") == ["there is no folder of migrations at gone/"]
