"""Measures the offline verifier on a whole export of many events: time, and the memory it takes.

Run by hand: ``python bench/verify.py 1000000``. The export is made here, so no database is needed.
"""

import base64
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foundation.audit.proof.leaf import FIELDS, detail_hash, leaf_of
from foundation.audit.proof.note import Checkpoint
from foundation.audit.proof.tool import told, verify
from foundation.audit.proof.tree import Frontier
from foundation.audit.signer import KeyFile
from foundation.crypto.signing import SigningKey
from foundation.ids import uuid7

ORIGIN = "foundation/audit/bench/e1"
SIGNS = KeyFile(ORIGIN, (SigningKey.of(b"s" * 32),))
PLAIN = dict.fromkeys(FIELDS, "x") | {"format": 1, "type_version": 1}


def lines(count: int, root: Frontier) -> Iterator[dict[str, Any]]:  # JSON
    """Give the lines of an export of *count* events, tile by tile."""
    yield {
        "kind": "export",
        "format": 1,
        "origin": ORIGIN,
        "epoch": 1,
        "size": count,
        "whole": True,
    }
    for first in range(0, count, 256):
        hashes, events = b"", []
        for leaf in range(first, min(first + 256, count)):
            erasable: dict[str, Any] = {
                "actor_name": "Ada",
                "target_title": None,
                "reason": None,
                "detail": {},
            }
            salt, id = leaf.to_bytes(16, "big"), str(uuid7())
            hash = detail_hash(salt, erasable)
            envelope = PLAIN | {"event_id": id, "occurred_at": "2026-03-01T10:00:00.000000+00:00"}
            own = leaf_of(envelope, hash)
            root.push(own)
            hashes += own
            event = {"kind": "event", "leaf": leaf, "event_id": id, "envelope": envelope}
            events.append(
                event | {"detail_hash": hash.hex(), "erasable": erasable, "salt": salt.hex()}
            )
        yield {"kind": "tile", "index": first // 256, "hashes": base64.b64encode(hashes).decode()}
        yield from events
    yield {"kind": "end", "events": count}


def main(count: int) -> None:
    """Write an export, verify it, and say what that took."""
    with tempfile.TemporaryDirectory() as folder:
        export, note, root = Path(folder) / "trail.ndjson", Path(folder) / "note", Frontier()
        with export.open("w") as out:
            for line in lines(count, root):
                out.write(json.dumps(line) + "\n")
        note.write_text(SIGNS.signed(Checkpoint(ORIGIN, count, root.root()).body()))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        began = time.perf_counter()
        report = verify(export, checkpoint=note, keys=[SIGNS.verifiers[0].text()])
        took = time.perf_counter() - began
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        size = export.stat().st_size / 1e6
        print("; ".join(told(report)))
        print(f"{count} events, {size:.0f} MB: {took:.1f} s, {count / took:.0f}/s, {more} KB more")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["100000"])[0]))
