"""The standing of the trail, and the proof of one event."""

import base64

import pytest

from foundation import ids
from foundation.audit.evidence import FORMAT, Evidence, NotSealed
from foundation.audit.proof.note import open_note
from foundation.audit.proof.tree import is_consistent, is_included, leaf_hash
from foundation.errors import NotFound


@pytest.fixture
async def evidence(log):
    async with log.database.reading() as db:
        yield Evidence(db)


async def test_before_the_first_event_nothing_is_proved(evidence):
    standing = await evidence.standing()

    assert (standing.epoch, standing.size, standing.note, standing.broken) == (0, 0, None, None)


async def test_the_standing_tells_what_is_signed_and_what_waits(log, evidence):
    await log.sealed(3)
    await log.record(1)
    standing = await evidence.standing()

    assert (standing.epoch, standing.size, standing.waiting, standing.broken) == (1, 3, 1, None)
    assert standing.signed_at is not None
    assert standing.waiting_since is not None


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE foundation.audit_leaves SET leaf_hash = decode(repeat('00', 32), 'hex')",
        "UPDATE foundation.audit_tiles SET hashes = set_byte(hashes, 1, 0)",
        "DELETE FROM foundation.audit_tiles",
        "DELETE FROM foundation.audit_leaves",
    ],
)
async def test_a_broken_tree_is_told(log, evidence, damage):
    await log.sealed(3)
    await log.forge(damage)

    assert (await evidence.standing()).broken


async def test_a_proof_leads_from_the_row_to_the_signed_head(log, evidence):
    made = await log.sealed(300)
    proof = await evidence.proof(made[7])
    head, _, note = proof.text.partition("\n\n")
    name, extra, index, *steps = head.split("\n")

    assert (name, index, proof.holds) == (FORMAT, "index 7", True)
    checkpoint = open_note(note, log.sealer().publisher.signs.verifiers)
    leaf = leaf_hash(base64.b64decode(extra.removeprefix("extra ")))
    path = [base64.b64decode(step) for step in steps]
    assert is_included(leaf, 7, checkpoint.size, path, checkpoint.root)


async def test_the_proof_of_an_altered_or_removed_row_does_not_hold(log, evidence):
    first, second = await log.sealed(2)
    await log.forge("UPDATE foundation.audit_log SET outcome = 'x' WHERE event_id = :i", i=first)
    await log.forge("DELETE FROM foundation.audit_log WHERE event_id = :i", i=second)

    assert [(await evidence.proof(id)).holds for id in (first, second)] == [False, False]


async def test_what_waits_has_no_proof_yet(log, evidence):
    (id,) = await log.record(1)
    with pytest.raises(NotSealed):
        await evidence.proof(id)
    await log.sealer().seal()
    with pytest.raises(NotSealed, match="signed"):
        await evidence.proof(id)


async def test_what_is_no_event_has_none(evidence):
    with pytest.raises(NotFound):
        await evidence.proof(ids.uuid7())
    with pytest.raises(NotFound):
        await evidence.origin(9)


async def test_a_tree_begins_with_a_smaller_one_and_its_tiles_are_given(log, evidence):
    for count in (3, 300):
        async with log.database.transaction() as db:
            for _ in range(count):
                log.recorder.record(db, log.made(), log.source())
        await log.seal()
    roots = {row.tree_size: row.root for row in await log.ask(_ROOTS)}

    found = await evidence.consistency(3, 303)
    assert is_consistent(3, 303, roots[3], roots[303], found.proof)
    assert len(await evidence.tile(1, 0, 0)) == 256 * 32
    assert len(await evidence.tile(1, 1, 0)) == 32
    for old, new in ((0, 3), (4, 3), (3, 304)):
        with pytest.raises(NotFound):
            await evidence.consistency(old, new)
    for place in ((1, 0, 2), (2, 0, 0), (1 << 40, 0, 0), (1, 0, 1 << 70), (1, 0, -1)):
        with pytest.raises(NotFound):
            await evidence.tile(*place)


_ROOTS = "SELECT tree_size, root FROM foundation.audit_checkpoints"
