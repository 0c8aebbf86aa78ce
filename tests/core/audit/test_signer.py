"""Signing and publishing: each head once, both keys while one replaces the other."""

import pytest

from foundation.audit.proof.note import open_note, read_notes
from foundation.audit.signer import KeyFile
from foundation.crypto.signing import SigningKey

OLD, NEW = SigningKey.of(b"s" * 32), SigningKey.of(b"n" * 32)
NAME = "foundation/audit/test"


async def test_heads_are_signed_once_and_the_newest_is_published(log):
    sealer = log.sealer()
    for _ in range(3):
        await log.record(1)
        await sealer.seal()

    assert await sealer.publisher.publish() == 3
    assert await log.sealer().publisher.publish() == 0
    (note,) = read_notes(log.notes.read_text())
    assert open_note(note, sealer.publisher.signs.verifiers).size == 3
    assert await log.ask("SELECT 1 FROM foundation.audit_checkpoints WHERE note IS NULL") == []


async def test_without_a_key_nothing_is_signed(log):
    await log.record(1)
    sealer = log.sealer(signs=None)
    await sealer.seal()

    assert await sealer.publisher.publish() == 0
    assert sealer.publisher.newest_outside() is None


async def test_after_a_rotation_old_and_new_notes_verify(log):
    for keys in ((OLD,), (NEW, OLD), (NEW,)):
        await log.record(1)
        sealer = log.sealer(KeyFile(NAME, keys))
        if keys == (NEW,):
            sealer.publisher.outside.file = None
        await sealer.seal()
        await sealer.publisher.publish()

    notes = [
        note
        for (note,) in await log.ask(
            "SELECT note FROM foundation.audit_checkpoints ORDER BY tree_size"
        )
    ]
    both = (*KeyFile(NAME, (OLD,)).verifiers, *KeyFile(NAME, (NEW,)).verifiers)
    assert [open_note(note, both).size for note in notes] == [1, 2, 3]
    assert open_note(notes[1], both[:1]) == open_note(notes[1], both[1:])


async def test_a_notes_file_that_cannot_be_written_stops_no_signing(log):
    log.notes.mkdir()
    await log.record(1)
    sealer = log.sealer()
    await sealer.seal()

    assert await sealer.publisher.publish() == 1


def test_a_key_is_not_shown():
    assert "_key" not in repr(OLD)


@pytest.mark.parametrize("keys", [(OLD,), (NEW, OLD)])
def test_every_key_signs(keys):
    assert KeyFile(NAME, keys).signed("a\n1\nb\n").count("\u2014 ") == len(keys)
