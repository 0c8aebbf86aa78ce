"""Measures the offline verifier on a whole export of many events: time, and the memory it takes.

Run by hand: ``python bench/verify.py [events]``, a million unless told otherwise, which takes some
3 minutes and 1 GB of disk. The export is made here, so no database is needed. Memory is that of a
process that verifies the whole, against one that verifies a hundredth of it. Ends with 1 when it
is more than `LIMIT_MB` greater.
"""

import base64
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foundation.audit.proof.leaf import FIELDS, detail_hash, leaf_of
from foundation.audit.proof.note import Checkpoint
from foundation.audit.proof.tree import Frontier
from foundation.audit.signer import KeyFile
from foundation.crypto.signing import SigningKey
from foundation.ids import uuid7

ORIGIN = "foundation/audit/bench/e1"
SIGNS = KeyFile(ORIGIN, (SigningKey.of(b"s" * 32),))
LIMIT_MB = 10.0
CHILD = """
import resource, sys
from foundation.audit.proof.tool import main
code = main()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(code)
"""
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


def written(folder: Path, count: int) -> tuple[Path, Path]:
    """Write an export of *count* events and its note; returns where they are."""
    export, note, root = folder / f"{count}.ndjson", folder / f"{count}.note", Frontier()
    with export.open("w") as out:
        for line in lines(count, root):
            out.write(json.dumps(line) + "\n")
    note.write_text(SIGNS.signed(Checkpoint(ORIGIN, count, root.root()).body()))
    return export, note


def verified(export: Path, note: Path) -> tuple[float, float]:
    """Verify in a process of its own, with a bar; returns the seconds and the megabytes it took."""
    verifier = [sys.executable, "-c", CHILD, "--export", str(export), "--checkpoint", str(note)]
    began = time.perf_counter()
    done = subprocess.run(
        [*verifier, "--vkey", SIGNS.verifiers[0].text(), "--progress"],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    took = time.perf_counter() - began
    said, _, used = done.stdout.strip().rpartition("\n")
    print(said)
    return took, int(used) / 1024


def main(count: int) -> bool:
    """Verify a small export and a large one; tells whether memory kept its limit."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        few = verified(*written(folder, max(count // 100, 1)))
        export, note = written(folder, count)
        many, size = verified(export, note), export.stat().st_size / 1e6
    more = many[1] - few[1]
    print(f"{count} events, {size:.0f} MB: {many[0]:.1f} s, {count / many[0]:.0f} a second")
    said = "kept" if more <= LIMIT_MB else "MISSED"
    print(f"memory {few[1]:.1f} and {many[1]:.1f} MB, {more:.1f} more; limit {LIMIT_MB}: {said}")
    return more <= LIMIT_MB


if __name__ == "__main__":
    sys.exit(0 if main(int((sys.argv[1:] or ["1000000"])[0])) else 1)
