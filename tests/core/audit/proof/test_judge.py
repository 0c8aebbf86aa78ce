"""Whatever is done to one row of a copy is found and named."""

import pytest

from foundation.audit.proof.judge import Judge
from foundation.audit.proof.note import Checkpoint

ONE = " WHERE event_id = :id"


async def test_a_sound_trail_is_sound(log):
    await log.sealed(5)
    await log.record(1)

    report = await log.verdict()
    assert (report.events, report.faults, report.remarks) == (5, [], [])


CELLS = {
    "type": "'a.b.c'",
    "severity": "'low'",
    "outcome": "'denied'",
    "actor_id": "gen_random_uuid()",
    "actor_name": "'Eve'",
    "target_id": "'99'",
    "target_title": "'Bomb'",
    "request_id": "'x'",
    "detail": "'{\"a\": 1}'",
    "plugin": "'x'",
    "writer_id": "'x'",
    "project_id": "gen_random_uuid()",
    "occurred_at": "occurred_at + interval '1 ms'",
}


@pytest.mark.parametrize("cell", CELLS)
async def test_an_edited_cell_is_found_and_named(log, cell):
    made = await log.sealed(4)
    edit = f"UPDATE foundation.audit_log SET {cell} = {CELLS[cell]}"
    await log.forge(edit + ONE, id=made[2])

    faults = (await log.verdict()).faults
    assert len(faults) == 1
    assert "leaf 2" in faults[0]


async def test_a_row_edited_together_with_its_hashes_is_found(log):
    made = await log.sealed(4)
    await log.forge(
        "UPDATE foundation.audit_log SET outcome = 'denied', leaf_hash = '\\x00'" + ONE, id=made[1]
    )
    await log.forge("UPDATE foundation.audit_leaves SET leaf_hash = '\\x00'" + ONE, id=made[1])

    assert any(str(made[1]) in fault for fault in (await log.verdict()).faults)


async def test_a_removed_row_is_found(log):
    made = await log.sealed(4)
    await log.forge("DELETE FROM foundation.audit_log" + ONE, id=made[1])

    assert (await log.verdict()).faults == ["leaf 1: its row was removed, and no event says so"]


@pytest.mark.parametrize("at", [0, 1, 3])
async def test_a_row_removed_with_its_leaf_is_found(log, at):
    made = await log.sealed(4)
    await log.forge("DELETE FROM foundation.audit_leaves" + ONE, id=made[at])
    await log.forge("DELETE FROM foundation.audit_log" + ONE, id=made[at])

    assert f"leaf {at} is missing" in (await log.verdict()).faults


async def test_a_row_put_in_later_is_found(log):
    await log.sealed(1)
    new = "event_id = gen_random_uuid()"
    await log.forge(
        "CREATE TEMP TABLE copy AS SELECT * FROM foundation.audit_log",
        "UPDATE pg_temp.copy SET " + new,
        "INSERT INTO foundation.audit_log SELECT * FROM pg_temp.copy",
    )

    (fault,) = (await log.verdict()).faults
    assert "never was sealed" in fault


async def test_swapped_rows_are_found(log):
    first, second, _ = await log.sealed(3)
    await log.forge(
        "UPDATE foundation.audit_leaves SET leaf_index = 9 WHERE leaf_index = 0",
        "UPDATE foundation.audit_leaves SET leaf_index = 0 WHERE leaf_index = 1",
        "UPDATE foundation.audit_leaves SET leaf_index = 1 WHERE leaf_index = 9",
    )

    faults = (await log.verdict()).faults
    assert [str(id) in fault for id, fault in zip((second, first), faults, strict=True)]


async def test_an_edited_tile_is_found_and_told_from_an_edited_row(log):
    await log.sealed(3)
    await log.forge("UPDATE foundation.audit_tiles SET hashes = set_byte(hashes, 40, 0)")

    faults = (await log.verdict()).faults
    assert any("tiles were altered" in fault for fault in faults)


async def test_lines_taken_out_of_order_or_left_out_are_found(log):
    await log.sealed(4)
    lines = await log.exported()

    assert log.judged([*lines[:3], lines[4], lines[3], *lines[5:]]).faults
    assert log.judged([*lines[:3], *lines[4:]]).faults
    assert log.judged(lines[:-1]).faults == ["the export is cut short: its last line is missing"]
    assert log.judged(lines[1:]).faults == ["the export has no header"]
    assert log.judged([lines[0], {"kind": "odd"}, *lines[1:]]).faults


async def test_history_that_was_rewritten_and_signed_again_fails_against_an_older_note(log):
    await log.sealed(3)
    older = log.folder / "older"
    older.write_text(log.notes.read_text())
    await log.forge(
        "DELETE FROM foundation.audit_checkpoints",
        "DELETE FROM foundation.audit_leaves",
        "DELETE FROM foundation.audit_tiles",
        "INSERT INTO foundation.audit_pending SELECT event_id, occurred_at, leaf_hash"
        " FROM foundation.audit_log ORDER BY random() LIMIT 3",
        "DELETE FROM foundation.audit_pending WHERE event_id ="
        " (SELECT min(event_id::text)::uuid FROM foundation.audit_pending)",
    )
    log.notes.unlink()
    await log.record(2)
    await log.seal()

    lines = [line for line in await log.exported() if line["kind"] != "stray"]
    assert log.judged(lines).faults == []
    (fault,) = log.judged(lines, older=[older]).faults
    assert "history was rewritten" in fault


def test_a_log_cut_back_behind_an_older_note_is_found():
    judge = Judge(Checkpoint("x", 0, bytes(32)), [Checkpoint("x", 5, bytes(32))])

    assert any("cut back" in fault for fault in judge.finish().faults)


def test_many_faults_are_counted_and_not_kept():
    judge = Judge(Checkpoint("x", 1_000, bytes(32)))
    for _ in range(500):
        judge.take({})
    report = judge.finish()

    assert len(report.faults) == 100
    assert report.more >= 400
