"""Notes as C2SP has them: signed, parsed, refused."""

import pytest

from foundation.audit.proof.note import (
    Checkpoint,
    NoteRefused,
    Verifier,
    open_note,
    read_notes,
    read_verifier,
)
from foundation.audit.signer import KeyFile
from foundation.crypto.signing import SigningKey

HEAD = Checkpoint("foundation/audit/x/e1", 7, bytes(range(32)))
OLD, NEW = SigningKey.of(b"o" * 32), SigningKey.of(b"n" * 32)
SIGNS = KeyFile("foundation/audit/x", (NEW, OLD))
NOTE = SIGNS.signed(HEAD.body())


def test_a_key_is_read_from_its_text():
    (new, _) = SIGNS.verifiers

    assert read_verifier(new.text() + "\n") == new


def test_a_known_key_reads_back_as_its_published_text():
    # The example of golang.org/x/mod/sumdb/note.
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    assert read_verifier(text).text() == text


@pytest.mark.parametrize("keys", [SIGNS.verifiers, SIGNS.verifiers[:1], SIGNS.verifiers[1:]])
def test_during_a_rotation_either_key_opens_the_note(keys):
    assert open_note(NOTE, keys) == HEAD


@pytest.mark.parametrize(
    "note",
    [
        NOTE.replace("\n7\n", "\n8\n"),
        NOTE.partition("\n\n")[0],
        NOTE.partition("\n\n")[0] + "\n\n",
        KeyFile("other", (OLD,)).signed(HEAD.body()),
        NOTE.replace("\u2014 ", "- "),
        "",
    ],
)
def test_what_no_known_key_signed_is_refused(note):
    with pytest.raises(NoteRefused):
        open_note(note, SIGNS.verifiers)


def test_a_signed_text_that_is_no_checkpoint_is_refused():
    with pytest.raises(NoteRefused, match="not the text"):
        open_note(SIGNS.signed("hello\nworld\n"), SIGNS.verifiers)


@pytest.mark.parametrize("text", ["", "a+b", "a+00000000+AAAA", "a+00000000+!"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(NoteRefused):
        read_verifier(text)


def test_a_damaged_key_is_refused():
    with pytest.raises(NoteRefused, match="damaged"):
        read_verifier(Verifier("a", bytes(32)).text().replace("a+", "b+"))


def test_a_file_holds_one_note_after_another():
    assert read_notes(f"{NOTE}\n{NOTE}\n") == [NOTE, NOTE]
    assert read_notes(NOTE) == [NOTE]
    assert read_notes("nothing\n") == []
