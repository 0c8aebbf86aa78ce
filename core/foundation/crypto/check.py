"""Is this the right ring? Each key must open the check value that was kept when it was new.

Without this a wrong key would quietly write values that nobody ever opens again. Nothing here
touches the database: rows come in, a ring and the rows to add come out.
"""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from foundation.crypto.derive import joined
from foundation.crypto.ring import NONCE_BYTES, KeyRing

LABEL = "fnd-check-v1"
PLAIN = b"this key is the one"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as the database knows it: its id, a name for its bytes, and the check value."""

    kid: str
    fingerprint: str
    check_nonce: bytes
    check_ct: bytes
    retired: bool = False
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The ring to use, sealed if it must be, and the keys that are new and want a row."""

    ring: KeyRing
    new: tuple[KeyRow, ...] = ()


def examine(ring: KeyRing, *, known: Sequence[KeyRow], used: Collection[str]) -> Verdict:
    """Judge *ring* against the *known* keys and the kids that sealed rows have *used*.

    A key that is not known yet is welcome only when everything else fits: with sealed rows and no
    known key at all somebody has lost the table, and making it anew would hide that.
    """
    if ring.is_sealed:
        return Verdict(ring)
    reason = _fault(ring, known=known, used=used)
    if reason is not None:
        return Verdict(ring.sealed(reason))
    new = set(ring.kids) - {row.kid for row in known}
    return Verdict(ring, tuple(check_row(ring, kid) for kid in sorted(new)))


def _fault(ring: KeyRing, *, known: Sequence[KeyRow], used: Collection[str]) -> str | None:
    rows = {row.kid: row for row in known}
    for kid in sorted(set(used) - set(rows)):
        return f"sealed values use the key {kid}, of which the database knows nothing"
    for kid, row in sorted(rows.items()):
        needed = kid in used or not (row.retired or row.pending)
        if kid not in ring.kids and needed:
            return f"the key ring lacks the key {kid} with the fingerprint {row.fingerprint}"
        if kid in ring.kids and not opens(ring, row):
            return f"the key {kid} has other bytes than the one with fingerprint {row.fingerprint}"
    return None


def fingerprint(ring: KeyRing, kid: str) -> str:
    """Return sixteen hex digits that name a key's bytes and tell nothing about them."""
    return hashlib.sha256(ring.subkey(kid, "foundation/fingerprint/v1")).hexdigest()[:16]


def check_row(ring: KeyRing, kid: str) -> KeyRow:
    """Make the check value of a new key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCMSIV(ring.subkey(kid, "foundation/check/v1"))
    return KeyRow(
        kid=kid,
        fingerprint=fingerprint(ring, kid),
        check_nonce=nonce,
        check_ct=cipher.encrypt(nonce, PLAIN, joined(LABEL, kid)),
    )


def opens(ring: KeyRing, row: KeyRow) -> bool:
    """Tell whether the ring's key of that id has the bytes it had when *row* was made."""
    cipher = AESGCMSIV(ring.subkey(row.kid, "foundation/check/v1"))
    try:
        return cipher.decrypt(row.check_nonce, row.check_ct, joined(LABEL, row.kid)) == PLAIN
    except (InvalidTag, ValueError):
        return False
