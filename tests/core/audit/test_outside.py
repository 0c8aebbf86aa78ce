"""Where notes are kept beyond the database's reach."""

import pytest

from foundation.audit.outside import TAIL, NotesFile, NotesFolder, Outside, epoch_of
from foundation.audit.proof.note import Checkpoint, NoteRefused, read_notes
from foundation.audit.signer import KeyFile
from foundation.crypto.signing import SigningKey

SIGNS = KeyFile("log", (SigningKey.of(b"s" * 32),))


def note(size, epoch=1):
    return SIGNS.signed(Checkpoint(f"log/e{epoch}", size, bytes(32)).body())


def test_a_note_is_added_to_the_file_and_none_is_lost(tmp_path):
    file = NotesFile(tmp_path / "notes")
    for size in range(1, 200):
        file.keep(note(size))

    assert file.path.stat().st_size > TAIL
    assert len(read_notes(file.path.read_text())) == 199
    assert file.newest() == note(199)


def test_a_note_in_the_folder_is_written_once_and_for_good(tmp_path):
    folder = NotesFolder(tmp_path)
    folder.keep(note(9), 1, 9)
    folder.keep(note(10), 1, 10)
    folder.keep("another", 1, 9)

    assert NotesFolder(tmp_path).newest() == folder.newest() == note(10)
    assert sorted(path.read_text() for path in tmp_path.iterdir()) == sorted([note(9), note(10)])
    assert all(path.stat().st_mode & 0o222 == 0 for path in tmp_path.iterdir())


def test_the_newest_of_all_places_counts(tmp_path):
    (tmp_path / "objects").mkdir()
    both = Outside(NotesFile(tmp_path / "notes"), NotesFolder(tmp_path / "objects"))
    assert both.newest(SIGNS.verifiers) is None

    both.file.keep(note(7))
    both.folder.keep(note(5, epoch=2), 2, 5)
    assert both.newest(SIGNS.verifiers).origin == "log/e2"
    assert epoch_of("log/e2") == 2
    with pytest.raises(NoteRefused):
        epoch_of("elsewhere")


async def test_a_database_behind_the_folder_halts(log, tmp_path):
    sealer = log.sealer(notes=False)
    folder = tmp_path / "objects"
    folder.mkdir()
    sealer.publisher.outside.folder = NotesFolder(folder)
    await log.record(2)
    await sealer.seal()
    await sealer.publisher.publish()
    assert len(list(folder.iterdir())) == 1

    await log.record(1)
    await sealer.seal()
    await sealer.publisher.publish()
    assert len(list(folder.iterdir())) == 1  # an object each ten minutes, not each second
