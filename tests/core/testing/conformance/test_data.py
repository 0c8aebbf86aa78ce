"""A table that lies or points elsewhere is seen."""

import pytest
from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table, Uuid

from foundation.sdk import Tables, core
from foundation.testing.conformance import data


def _tables(folder, *columns, schema="projects") -> Tables:
    metadata = MetaData(schema=schema)
    Table("things", metadata, Column("id", Integer, primary_key=True), *columns)
    return Tables(metadata, folder)


def test_a_table_in_another_schema_is_seen(broken, whole, tmp_path):
    data.test_its_tables_lie_in_its_own_schema(whole)

    with pytest.raises(AssertionError):
        data.test_its_tables_lie_in_its_own_schema(
            broken(tables=_tables(tmp_path, schema="public"))
        )


@pytest.mark.parametrize(
    "key",
    [
        ForeignKey(core.users.c.id),
        ForeignKey(core.users.c.id, ondelete="RESTRICT"),
        ForeignKey("credentials.creds.id", ondelete="CASCADE"),
    ],
)
def test_a_foreign_key_that_holds_others_back_is_seen(key, broken, tmp_path):
    tables = _tables(tmp_path, Column("other", Uuid, key._copy()))

    with pytest.raises(AssertionError):
        data.test_it_refers_to_itself_and_to_core_only_and_says_what_a_deletion_does(
            broken(tables=tables)
        )


def test_a_plugin_without_tables_has_no_owner(broken):
    assert data.owners_of(broken(tables=None)) == []
    assert data.tables_of(broken(tables=None)) == []
