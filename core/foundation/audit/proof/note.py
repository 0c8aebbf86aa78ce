"""Checkpoints as signed notes (c2sp.org/signed-note, tlog-checkpoint), and their keys."""

import base64
import binascii
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from foundation.audit.proof.edwards import is_signed

ED25519 = b"\x01"
MARK = "\u2014 "


class NoteRefused(ValueError):
    """A note, or a key for notes, is not one, or nobody known signed it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a note says: in the log *origin*, the first *size* leaves have this *root*."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """Return the text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a key that signs notes, under its name."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature names its key."""
        words = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(words).digest()[:4]

    def text(self) -> str:
        """Return the key as people hand it on: ``name+id+key``."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    def line(self, signature: bytes) -> str:
        """Return the line of a note that carries *signature*."""
        return f"{MARK}{self.name} {base64.b64encode(self.id + signature).decode()}\n"


def read_verifier(text: str) -> Verifier:
    """Return the key that *text* writes; raises `NoteRefused`."""
    try:
        name, id, key = text.strip().split("+", 2)
        raw = base64.b64decode(key, validate=True)
    except (ValueError, binascii.Error):
        raise NoteRefused("this is not a key of the form name+id+key") from None
    found = Verifier(name, raw[1:])
    if raw[:1] != ED25519 or len(raw) != 33 or found.id.hex() != id:
        raise NoteRefused("this key is damaged, or of a kind other than Ed25519")
    return found


def read_body(text: str) -> Checkpoint:
    """Return what the body of a note says; raises `NoteRefused`."""
    try:
        origin, size, root, *_ = text.split("\n")
        raw = base64.b64decode(root, validate=True)
    except (ValueError, binascii.Error):
        raise NoteRefused("this is not the text of a checkpoint") from None
    if not origin or not size.isdecimal() or len(raw) != 32:
        raise NoteRefused("this is not the text of a checkpoint")
    return Checkpoint(origin, int(size), raw)


def open_note(text: str, keys: Sequence[Verifier]) -> Checkpoint:
    """Return what the note *text* says; raises `NoteRefused` unless one of *keys* signed it."""
    body, gap, rest = text.partition("\n\n")
    if not gap:
        raise NoteRefused("this is not a signed note")
    signed = body + "\n"
    for line in rest.splitlines():
        if line.startswith(MARK) and any(_signed_by(key, line, signed) for key in keys):
            return read_body(signed)
    raise NoteRefused("no signature of this note is by a given key")


def carried(line: bytes, keys: Sequence[Verifier]) -> Checkpoint | None:
    """Return the note in the first *line* of an export, or None unless one of *keys* signed it."""
    try:
        return open_note(json.loads(line)["note"], keys)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def read_notes(text: str) -> list[str]:
    """Return the notes of a file that holds one after another."""
    notes, lines, signed = list[str](), list[str](), False
    for line in text.splitlines():
        if signed and not line.startswith(MARK):
            notes.append("\n".join(lines) + "\n")
            lines, signed = [], False
        if not lines and not line:
            continue
        lines.append(line)
        signed = signed or line.startswith(MARK)
    return [*notes, "\n".join(lines) + "\n"] if signed else notes


def _signed_by(key: Verifier, line: str, signed: str) -> bool:
    name, _, value = line.removeprefix(MARK).rpartition(" ")
    try:
        raw = base64.b64decode(value, validate=True)
    except (ValueError, binascii.Error):
        return False
    ours = name == key.name and raw[:4] == key.id
    return ours and is_signed(key.public, signed.encode(), raw[4:])
