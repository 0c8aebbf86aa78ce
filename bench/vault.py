"""Measures what the vault adds to a bare AES-GCM call, and counts what a long list opens.

Run by `.venv/bin/python bench/vault.py`, and with the others by `make bench`. CPU time and not the
clock's. What is opened is counted where Python calls the cipher, so nothing can open unseen.
"""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import text

from foundation.app import App, running
from foundation.clock import SystemClock
from foundation.crypto.envelope import Binding
from foundation.crypto.keyfile import Keys
from foundation.crypto.ring import KeyRing
from foundation.db.embedded.server import EmbeddedPostgres
from foundation.secret import Secret
from foundation.settings import read_settings
from foundation.testing.client import Client
from foundation.testing.people import SignIn
from foundation.testing.platform import environ_of, owners_of
from foundation.testing.postgres import TestServer, quick_folder

ROUNDS, LISTED, PAGE = 5_000, 1_000, 200
LIMIT_US = 100.0

COPIED = "name, kind, description, plain, values_version, values_at, version, tags, notes, reveal"
COPY = f"""
    INSERT INTO credentials.creds (id, slug, {COPIED})
    SELECT gen_random_uuid(), slug || n, {COPIED}
    FROM credentials.creds, generate_series(2, {LISTED}) AS n
"""  # noqa: S608  # our own names
SEALED = """
    INSERT INTO credentials.secrets
    SELECT c.id, s.version, s.field, s.fmt, s.kid, s.wnonce, s.wdek, s.nonce, s.ct, s.state,
        s.updated_at
    FROM credentials.secrets AS s, credentials.creds AS c WHERE c.id != s.cred_id
"""


def cpu_us(work: Callable[[], object]) -> float:
    """Return the microseconds of CPU that one call of *work* takes, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for _ in range(ROUNDS):
            work()
        best = min(best, (time.process_time() - began) / ROUNDS * 1e6)
    return best


def sealing() -> bool:
    """Print what sealing and opening cost over the bare call; tell whether that is little."""
    ring = KeyRing(Keys({"k1": os.urandom(32)}, "k1"), deployment=UUID(int=1))
    place, value = Binding(UUID(int=2), 1, "password", "basic"), Secret("hunter2-hunter2")
    nonce, aad, plain = os.urandom(12), b"a" * 100, b"x" * 32
    cipher, own = AESGCM(os.urandom(32)), ring.for_plugin("credentials")
    sealed, bare = own.seal(value, place), cipher.encrypt(nonce, plain, aad)
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
        what = f"{name} a value, over bare AES-GCM"
        print(
            f"{what:34} {ours / theirs:6.1f} times, {ours:.1f} us for {theirs:.1f} us,"
            f" at most {LIMIT_US:.0f} us more"
        )
    return all(ours - theirs < LIMIT_US for ours, theirs in figures.values())


@contextmanager
def opened() -> Iterator[list[str]]:
    """Note each call that opens a ciphertext, of any cipher, in this thread."""
    seen: list[str] = []

    def watch(_frame: FrameType, event: str, what: Any) -> None:  # a function of C
        if event == "c_call" and what.__name__ in {"decrypt", "decrypt_into"}:
            seen.append(what.__name__)

    sys.setprofile(watch)
    try:
        yield seen
    finally:
        sys.setprofile(None)


async def listed(client: Client) -> int:
    """Read the whole list, page by page; return how many there are."""
    count = 0
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/api/creds", query=query)).json
        count, cursor = count + len(page["items"]), page["next"]
    return count


async def listing(app: App) -> bool:
    """Print what a list of many credentials opens and takes, and what one reveal opens."""
    admin = await SignIn(app)("admin")
    values = {"username": "ada", "password": "hunter2"}
    new = {"slug": "crm", "name": "CRM", "kind": "basic", "values": values}
    made = (await admin.post("/api/creds", new)).json
    async with app.parts.database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in (COPY, SEALED):
            await db.execute(text(statement))
    await listed(admin)
    began = time.process_time()
    await listed(admin)
    ms = (time.process_time() - began) * 1e3
    with opened() as by_list:
        count = await listed(admin)
    with opened() as by_reveal:
        asked = {"field": "password", "reason": "to compare"}
        await admin.post(f"/api/creds/{made['id']}/reveal", asked)
    print(f"a list of {count} credentials opens  {len(by_list):6d} ciphertexts, in {ms:.0f} ms")
    print(f"revealing one value opens          {len(by_reveal):6d}: its data key, and itself")
    return count == LISTED and not by_list and bool(by_reveal)


async def on(server: TestServer, folder: Path) -> bool:
    """Start a Foundation on a new database, and list there."""
    url = await server.create(owners_of(folder, ("credentials",)))
    environ = environ_of(folder, url) | {
        "FOUNDATION_LOG_LEVEL": "error",
        "FOUNDATION_PLUGINS_AUTOLOAD": "listed",
        "FOUNDATION_PLUGINS_ENABLED": "credentials",
    }
    async with running(read_settings(environ), clock=SystemClock(), environ=environ) as app:
        return await listing(app)


def main() -> int:
    """Print a line for each figure; return 1 when the vault opens or adds more than it may."""
    cheap = sealing()
    with tempfile.TemporaryDirectory(prefix="foundation-bench-", dir=quick_folder()) as name:
        folder = Path(name)
        folder.chmod(0o711)  # the user that runs PostgreSQL when we are root passes through
        postgres = EmbeddedPostgres(folder / "pg", durable=False)
        try:
            url = postgres.start(lambda _line: None)
            closed = asyncio.run(on(TestServer(url), folder))
        finally:
            postgres.stop()
    return 0 if cheap and closed else 1


if __name__ == "__main__":
    sys.exit(main())
