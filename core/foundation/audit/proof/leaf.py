"""The leaf of an event: its envelope in canonical form, a salted hash in place of the rest."""

import hashlib
from collections.abc import Mapping
from typing import Any

from foundation.audit.proof.canonical import canonical
from foundation.audit.proof.tree import leaf_hash

FIELDS = (
    *("format", "event_id", "occurred_at", "type", "type_version", "plugin", "severity"),
    *("actor_type", "actor_id", "session_ref", "target_type", "target_id", "project_id"),
    *("outcome", "request_id", "run_id", "app_version", "writer_id"),
)
"""What of a row is in its leaf beside the hash of what may be erased."""

ERASABLE = ("actor_name", "target_title", "reason", "detail")
"""What may name a person. The leaf holds a salted hash of it, so it can go and the proof stays."""

Json = Mapping[str, Any]  # an object of JSON


def detail_hash(salt: bytes, erasable: Json) -> bytes:
    """Return the hash of what may be erased; without the salt it tells nothing about a guess."""
    words = {name: erasable[name] for name in ERASABLE}
    return hashlib.sha256(salt + canonical(words)).digest()


def leaf_bytes(envelope: Json, detail: bytes) -> bytes:
    """Return what is hashed for an event: the fields of *envelope*, and the hash of the rest."""
    words = {name: envelope[name] for name in FIELDS}
    return canonical({**words, "detail_hash": detail.hex()})


def leaf_of(envelope: Json, detail: bytes) -> bytes:
    """Return the hash of the leaf of an event."""
    return leaf_hash(leaf_bytes(envelope, detail))
