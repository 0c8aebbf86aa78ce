"""What the ledger remembers is asked by id and by prefix, and an empty one knows nothing."""

from datetime import UTC, datetime

import pytest

from foundation.plugins.memory import NO_MEMORY, Memory, Remembered, SectionSnapshot, Snapshot

WHEN = datetime(2026, 5, 1, tzinfo=UTC)
SECTION = SectionSnapshot(section="orders", title="Orders", icon="box", group="main", weight=1)


@pytest.fixture
def memory():
    snapshot = Snapshot(sections=(SECTION,), prefixes=("orders", "carts"))
    row = Remembered("orders", "foundation-orders", "1", "Orders", "failed", snapshot, WHEN, WHEN)
    return Memory({"orders": row})


def test_it_tells_what_a_plugin_had(memory):
    assert memory.owner_of("orders") == "foundation-orders"
    assert memory.prefixes_of("orders") == ("orders", "carts")
    assert memory.sections_of("orders") == (SECTION,)
    assert memory.holder_of("carts") == "orders"


def test_since_is_told_only_of_the_state_it_is_in(memory):
    assert memory.since("orders", "failed") == "2026-05-01T00:00:00+00:00"
    assert memory.since("orders", "started") == ""


def test_without_a_ledger_nothing_is_known():
    assert NO_MEMORY.owner_of("orders") is None
    assert NO_MEMORY.prefixes_of("orders") == ()
    assert NO_MEMORY.sections_of("orders") == ()
    assert NO_MEMORY.holder_of("orders") is None
    assert NO_MEMORY.since("orders", "failed") == ""


def test_a_snapshot_of_an_older_version_reads_with_what_it_has():
    assert Snapshot.model_validate({}) == Snapshot()
    assert Snapshot.model_validate({"prefixes": ["a"], "gone": 1}).prefixes == ("a",)
