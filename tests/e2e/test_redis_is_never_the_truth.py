"""With Redis stopped, flushed, or back from an old dump: nobody is signed out, and who left stays out."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.auth.entry import LEASE

from ..valkey_server import Valkey
from .foundation_process import FoundationProcess
from .visitor import Visitor

EVERY_WORKER = 12
"""Requests enough for each of three workers to have answered some."""


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    folder = tmp_path / "valkey"
    folder.mkdir()
    server = Valkey(folder)
    yield server
    server.stop()


@pytest.fixture
def cached(valkey: Valkey) -> Iterator[FoundationProcess]:
    """Three workers that share a Redis."""
    extra = {"FOUNDATION_REDIS_URL": valkey.url, "FOUNDATION_WORKERS": "3"}
    with FoundationProcess(extra) as running:
        yield running


def answers(visitor: Visitor) -> set[int]:
    """Return how all workers answer somebody who asks who they are."""
    return {visitor.get("/api/auth/me").status for _ in range(EVERY_WORKER)}


def test_nobody_is_signed_out_and_a_revoked_session_stays_revoked(
    cached: FoundationProcess, valkey: Valkey
) -> None:
    ada, vera = Visitor(cached.url), Visitor(cached.url)
    ada.sign_in("admin")
    vera.sign_in("viewer")
    assert answers(ada) | answers(vera) == {200}
    assert any(b"session" in key for key in valkey.command("KEYS", "*"))
    old = valkey.dump()

    valkey.command("FLUSHALL")
    assert answers(ada) | answers(vera) == {200}

    valkey.stop()
    assert answers(ada) | answers(vera) == {200}
    left = Visitor(cached.url, dict(vera.cookies))
    assert vera.post("/api/auth/logout").status == 200

    valkey.start(dump=old)
    assert any(b"session" in key for key in valkey.command("KEYS", "*"))
    assert answers(ada) == {200}
    # At once while the workers still keep away from Redis; on a machine so slow that they ask it again
    # before, what the dump holds counts for the rest of its lease.
    until_known = time.monotonic() + 2 * LEASE.total_seconds()
    while answers(left) != {401}:
        assert time.monotonic() < until_known
