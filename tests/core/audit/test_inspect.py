"""The look of each hour."""

from datetime import timedelta

from foundation.audit.inspect import inspect, strays
from foundation.ids import uuid7

BY_HAND = """
    INSERT INTO foundation.audit_log (event_id, occurred_at, recorded_at, format, type,
        type_version, plugin, severity, actor_type, actor_name, outcome, request_id, app_version)
    VALUES (CAST(:event AS uuid), now(), now() - interval '10 min', 1, 'a.b.c', 1, 'a', 'low',
        'user', 'Eve', 'success', 'r', '1')
"""
TOLD = "SELECT target_id FROM foundation.audit_log WHERE type = 'audit.row.rejected'"


async def test_a_row_that_never_waited_for_a_leaf_is_told_once(log):
    await log.sealed(1)
    forged = uuid7()
    await log.forge(
        "ALTER TABLE foundation.audit_log DISABLE TRIGGER mark_audited",
        BY_HAND,
        "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER mark_audited",
        event=forged,
    )
    for _ in range(2):
        assert await inspect(log.sealer()) is None

    assert await log.ask(TOLD) == [(str(forged),)]
    await log.record(1)  # what waits is no stray
    async with log.database.reading() as db:
        assert await strays(db) == [forged]
        assert await strays(db, older=timedelta(hours=1)) == []


async def test_a_tree_that_does_not_fit_is_said(log):
    await log.sealed(3)
    await log.forge("UPDATE foundation.audit_tiles SET hashes = decode(repeat('00', 96), 'hex')")

    assert "root" in str(await inspect(log.sealer()))
