"""The sealer: each event gets one place, whoever seals, whatever was done to the rows."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from foundation.audit.actor import Actor, Source
from foundation.audit.proof.note import open_note, read_notes
from foundation.audit.sealer import Halted, append, current_head, grow_from
from foundation.ids import uuid7

LEAVES = "SELECT leaf_index, event_id FROM foundation.audit_leaves ORDER BY leaf_index"
REJECTED = """
    SELECT detail->>'event_id', detail->>'fault' FROM foundation.audit_log
    WHERE type = 'audit.row.rejected'
"""


async def test_every_event_gets_one_leaf_in_its_order(log):
    made = await log.record(5)

    assert await log.sealer().seal(batch=3) == 3
    assert await log.sealer().seal() == 2
    assert await log.sealer().seal() == 0
    assert await log.ask(LEAVES) == list(enumerate(made))
    assert await log.ask("SELECT * FROM foundation.audit_pending") == []


async def test_an_event_that_was_rolled_back_gets_none(log):
    with pytest.raises(RuntimeError):
        async with log.database.transaction() as db:
            log.recorder.record(db, log.made(), Source(Actor("system"), "t", "r"))
            await db.flush()
            raise RuntimeError

    assert await log.sealer().seal() == 0


async def test_the_tree_of_many_tiles_is_sound(log):
    for _ in range(2):
        async with log.database.transaction() as db:
            for _ in range(300):
                log.recorder.record(db, log.made(), Source(Actor("system"), "t", "r"))
        await log.seal()

    assert [size for (size,) in await log.ask(_SIZES)] == [300, 600]
    assert (await log.verdict()).faults == []


async def test_candidates_at_once_give_each_event_one_leaf(log):
    made = await log.record(40)
    sealers = [log.sealer() for _ in range(3)]

    async def work(sealer):
        while await log.ask("SELECT 1 FROM foundation.audit_pending LIMIT 1"):
            await sealer.seal(batch=4)

    await asyncio.gather(*map(work, sealers))
    found = await log.ask(LEAVES)
    assert [index for index, _ in found] == list(range(40))
    assert {id for _, id in found} == set(made)


async def test_a_second_sealer_without_the_lock_fails_on_a_unique_key(log):
    await log.sealed(3)
    with pytest.raises(IntegrityError):
        async with log.database.transaction() as late:
            head = await current_head(late, "x")
            growth = await grow_from(late, head)
            await log.record(1)
            await log.sealer().seal()
            leaf = {"event_id": uuid7(), "occurred_at": head.committed_at, "leaf_hash": bytes(32)}
            await append(late, head.epoch, growth, [leaf])


async def test_no_note_exists_for_an_uncommitted_head(log):
    await log.record(1)
    sealer = log.sealer()
    async with log.database.transaction() as holding:
        await holding.execute(text("SELECT pg_advisory_xact_lock(:l)"), {"l": 0x666E645F7365616C})
        assert await sealer.seal() == 0
        assert await sealer.publisher.publish() == 0
    assert not log.notes.exists()

    await sealer.seal()
    assert await sealer.publisher.publish() == 1
    (note,) = read_notes(log.notes.read_text())
    assert open_note(note, sealer.publisher.signs.verifiers).size == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE foundation.audit_log SET outcome = 'denied'",
        "UPDATE foundation.audit_log SET leaf_hash = '\\x00', outcome = 'denied'",
        "UPDATE foundation.audit_log SET mac = '\\x00'",
        "UPDATE foundation.audit_log SET mac_key_id = 'b'",
        "DELETE FROM foundation.audit_log",
    ],
)
async def test_a_row_altered_before_sealing_gets_its_leaf_and_is_told(log, change):
    (id,) = await log.record(1)
    await log.forge(change)

    assert await log.sealer().seal() == 1
    assert [leaf for _, leaf in await log.ask(LEAVES)] == [id]
    ((told, fault),) = await log.ask(REJECTED)
    assert told == str(id)
    assert "row was" in fault


async def test_a_row_put_in_by_hand_is_told(log):
    await log.forge(_BY_HAND, event=uuid7())
    await log.forge(
        "INSERT INTO foundation.audit_pending SELECT event_id, occurred_at, NULL"
        " FROM foundation.audit_log"
    )
    await log.sealer().seal()

    assert len(await log.ask(REJECTED)) == 1


async def test_a_row_put_in_through_the_table_waits_for_its_leaf_by_itself(log):
    async with log.database.transaction() as db:
        await db.execute(text(_BY_HAND), {"event": uuid7()})

    assert await log.sealer().seal() == 1
    assert len(await log.ask(REJECTED)) == 1


async def test_a_restored_older_database_halts_sealing_and_not_writes(log):
    await log.sealed(2)
    seen = log.sealer()
    await log.record(1)
    await seen.seal()
    await log.forge(
        "DELETE FROM foundation.audit_checkpoints WHERE tree_size = 3",
        "DELETE FROM foundation.audit_leaves WHERE leaf_index = 2",
        "UPDATE foundation.audit_tiles SET hashes = substr(hashes, 1, 64)",
    )
    with pytest.raises(Halted, match="this process saw"):
        await seen.seal()
    with pytest.raises(Halted):
        await seen.seal()
    await log.record(1)


async def test_a_tree_behind_the_note_outside_halts_a_fresh_process_too(log):
    await log.sealed(2)
    await log.sealed(1)
    await log.forge(
        "DELETE FROM foundation.audit_checkpoints WHERE tree_size = 3",
        "DELETE FROM foundation.audit_leaves WHERE leaf_index = 2",
        "UPDATE foundation.audit_tiles SET hashes = substr(hashes, 1, 64)",
    )
    with pytest.raises(Halted, match="backup"):
        await log.sealer().seal()


async def test_a_note_outside_that_is_not_ours_halts(log):
    await log.sealed(1)
    log.notes.write_text(log.notes.read_text().replace("\n1\n", "\n2\n"))
    with pytest.raises(Halted, match="cannot be trusted"):
        await log.sealer().seal()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation.audit_leaves SET leaf_hash = '\\x00'",
        "DELETE FROM foundation.audit_leaves",
        "UPDATE foundation.audit_tiles SET hashes = decode(repeat('00', 32), 'hex')",
        "DELETE FROM foundation.audit_tiles",
        "UPDATE foundation.audit_checkpoints SET note = 'x'",
        "DELETE FROM foundation.audit_checkpoints",
        "TRUNCATE foundation.audit_leaves",
        "UPDATE foundation.audit_epochs SET origin = 'x'",
    ],
)
async def test_the_tree_only_grows_even_under_replica(log, statement):
    await log.sealed(1)
    with pytest.raises(DBAPIError, match="is refused"):
        async with log.database.transaction() as db:
            await db.execute(text("SET LOCAL session_replication_role = replica"))
            await db.execute(text(statement))


_SIZES = "SELECT tree_size FROM foundation.audit_checkpoints ORDER BY tree_size"
_BY_HAND = """
    INSERT INTO foundation.audit_log (event_id, occurred_at, format, type, type_version, plugin,
        severity, actor_type, actor_name, outcome, request_id, app_version)
    VALUES (:event, now(), 1, 'a.b.done', 1, 'a', 'low', 'system', '', 'success', '', '')
"""
