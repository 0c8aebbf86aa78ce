"""The table of events, as the ORM knows it."""

from foundation.audit.models import AuditRow
from foundation.db.model import CoreBase

TABLE = CoreBase.metadata.tables["foundation.audit_log"]


def test_the_trail_lies_in_cores_schema():
    assert AuditRow.__table__ is TABLE


def test_every_index_ends_in_the_order_the_trail_is_read_in():
    for index in TABLE.indexes:
        if index.dialect_kwargs.get("postgresql_using") == "brin":
            continue  # it has no order: it says where to look at all
        last = [str(column) for column in index.expressions][-2:]

        assert "occurred_at" in last[0], index.name
        assert "event_id" in last[1], index.name


def test_there_is_no_column_for_a_cookie_or_an_address():
    names = set(TABLE.columns.keys())

    assert not names & {"ip", "address", "token", "token_hash", "cookie", "user_agent"}
