"""Measures what the vault adds to a bare AES-GCM call, in CPU time.

Run by `.venv/bin/python bench/vault.py`; it needs no server. That a list opens nothing is a test,
in tests/plugins/credentials/service/test_look.py.
"""

import os
import time
from collections.abc import Callable
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.crypto.envelope import Binding
from foundation.crypto.keyfile import Keys
from foundation.crypto.ring import KeyRing
from foundation.secret import Secret

ROUNDS = 5_000
LIMIT_US = 100.0


def cpu_us(work: Callable[[], object]) -> float:
    """Return the microseconds of CPU that one call of *work* takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for _ in range(ROUNDS):
            work()
        best = min(best, (time.process_time() - began) / ROUNDS * 1e6)
    return best


def main() -> None:
    """Print a line for each figure; exit 1 when the vault adds more than it may."""
    ring = KeyRing(Keys({"k1": os.urandom(32)}, "k1"), deployment=UUID(int=1))
    place, value = Binding(UUID(int=2), 1, "password", "basic"), Secret("hunter2-hunter2")
    key, nonce, aad = os.urandom(32), os.urandom(12), b"a" * 100
    plain = b"x" * 32
    cipher = AESGCM(key)
    sealed, bare = (
        ring.for_plugin("credentials").seal(value, place),
        cipher.encrypt(nonce, plain, aad),
    )
    figures = {
        "seal": (
            cpu_us(lambda: ring.for_plugin("credentials").seal(value, place)),
            cpu_us(lambda: cipher.encrypt(nonce, plain, aad)),
        ),
        "open": (
            cpu_us(lambda: ring.for_plugin("credentials").open(sealed, place)),
            cpu_us(lambda: cipher.decrypt(nonce, bare, aad)),
        ),
    }
    for name, (ours, theirs) in figures.items():
        print(
            f"{name:5} {ours:6.1f} us, bare AES-GCM {theirs:5.1f} us, more {ours - theirs:6.1f} us"
        )
    if any(ours - theirs > LIMIT_US for ours, theirs in figures.values()):
        raise SystemExit(f"bench: the vault adds more than {LIMIT_US:.0f} us")


if __name__ == "__main__":
    main()
