"""Measures what 50 plugins cost against 5, in CPU time: the start of a worker, and a request.

CPU time and not the clock's, so that what else runs on the machine does not count. Each plugin
is a copy of what `foundation plugin new` makes. Run by `python bench/plugins.py`.
"""

import asyncio
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from foundation.app import App, running
from foundation.cli.scaffold import Wanted, scaffold
from foundation.clock import SystemClock
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.migrate import upgrade
from foundation.plugins.loader import load
from foundation.settings import PluginChoice, read_settings
from foundation.testing.people import SignIn
from foundation.testing.platform import environ_of
from foundation.testing.postgres import TestServer, quick_folder
from foundation.testing.site import announce

FEW, MANY = 5, 50
STARTS, REQUESTS, ROUNDS = 3, 200, 6
MOST_START_S, MOST_REQUEST = 1.5, 0.02


def make(site: Path, count: int) -> None:
    """Put *count* new plugins into *site*, as if they were installed."""
    for number in range(count):
        id = f"thing{number:02d}"
        folder = site / "made" / id
        scaffold(Wanted(id), folder)
        (folder / f"foundation_{id}").rename(site / f"foundation_{id}")
        announce(site, f"foundation-{id}", {id: f"foundation_{id}.plugin"})


async def measured(server: TestServer, folder: Path) -> tuple[float, float]:
    """Import and start once in this process; return the seconds of that and of a request."""
    began = time.process_time()
    registry = load(PluginChoice(data=folder), environ={}, dangerous={})
    imported = time.process_time() - began
    url = await server.create()
    await upgrade(url, registry.owners, say=lambda _line: None)
    environ = environ_of(folder, url)
    began = time.process_time()
    async with running(read_settings(environ), clock=SystemClock(), environ=environ) as app:
        started = time.process_time() - began
        gc.collect()
        return imported + started, await _request(app)


async def _request(app: App) -> float:
    """Return the least CPU time of a request over some rounds: the rest is noise."""
    client = await SignIn(app)("operator")
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(REQUESTS):
            await client.get("/api/thing00")
        found.append((time.process_time() - began) / REQUESTS)
    return min(found)


def child(site: str, address: str) -> None:
    """Measure in a process that has imported no plugin yet, and print the figures."""
    from foundation.secret import Secret  # noqa: PLC0415  # a child only

    with tempfile.TemporaryDirectory() as folder:
        server = TestServer(Secret(address))
        server._numbers = iter([os.getpid()])  # noqa: SLF001  # names of databases apart
        sys.path.insert(0, site)
        started, request = asyncio.run(measured(server, Path(folder)))
    print(started, request)


def cost(site: str, address: str) -> tuple[float, float]:
    """Return what one process with the plugins of *site* says of its start and of a request."""
    command = [sys.executable, __file__, site, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    start, request = told.stdout.split()[-2:]
    return float(start), float(request)


def compared(address: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the least of each figure for few and for many plugins, measured in turns."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        make(Path(one), FEW)
        make(Path(other), MANY)
        turns = [(cost(one, address), cost(other, address)) for _ in range(STARTS)]
    few, many = zip(*turns, strict=True)
    return _least(few), _least(many)


def _least(found: Iterable[tuple[float, float]]) -> tuple[float, float]:
    starts, requests = zip(*found, strict=True)
    return min(starts), min(requests)


def main() -> int:
    """Compare, print a line for each figure, and return 1 when one is over its limit."""
    folder = Path(tempfile.mkdtemp(prefix="foundation-bench-", dir=quick_folder()))
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "pg", durable=False)
    try:
        address = server.start(lambda _line: None).reveal()
        few, many = compared(address)
    finally:
        server.stop()
    start, request = many[0] - few[0], many[1] / few[1] - 1
    print(f"start with {FEW} and with {MANY} plugins   {few[0]:6.2f} s {many[0]:6.2f} s")
    print(f"grows by                           {start:6.2f} s, at most {MOST_START_S}")
    print(f"a request with {FEW} and with {MANY}       {few[1] * 1e3:6.3f} {many[1] * 1e3:6.3f} ms")
    print(f"grows by                           {request:6.1%}, at most {MOST_REQUEST:.0%}")
    return 0 if start < MOST_START_S and request < MOST_REQUEST else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        child(*sys.argv[1:])
    else:
        sys.exit(main())
