"""Measures what 50 plugins cost against 5, in CPU time: the start of a worker, and a request.

CPU time and not the clock's, so that what else runs on the machine hardly counts. Each plugin
is a copy of what `foundation plugin new` makes. Few and many run at the same time, in turns of one
round, so that both see the same machine; what is judged is the median of the rounds' ratios, and
the middle half of them is printed beside it. Run by `python bench/plugins.py`.
"""

import asyncio
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from foundation.app import running
from foundation.cli.scaffold import Wanted, scaffold
from foundation.clock import SystemClock
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.migrate import upgrade
from foundation.plugins.loader import load
from foundation.settings import PluginChoice, read_settings
from foundation.testing.client import Client
from foundation.testing.people import SignIn
from foundation.testing.platform import environ_of
from foundation.testing.postgres import TestServer, quick_folder
from foundation.testing.site import announce

FEW, MANY = 5, 50
REQUESTS, ROUNDS, WARM = 60, 40, 100
MOST_START_S, MOST_REQUEST = 1.5, 0.02


def make(site: Path, count: int) -> None:
    """Put *count* new plugins into *site*, as if they were installed."""
    for number in range(count):
        id = f"thing{number:02d}"
        folder = site / "made" / id
        scaffold(Wanted(id), folder)
        (folder / f"foundation_{id}").rename(site / f"foundation_{id}")
        announce(site, f"foundation-{id}", {id: f"foundation_{id}.plugin"})


async def measured(server: TestServer, folder: Path) -> None:
    """Import and start once in this process, then time a round of requests for each line read.

    Prints the seconds of the start, and then those of each round. Garbage is left alone during the
    start and what was made is frozen after it, as a worker does.
    """
    gc.disable()
    began = time.process_time()
    registry = load(PluginChoice(data=folder), environ={}, dangerous={})
    imported = time.process_time() - began
    url = await server.create()
    await upgrade(url, registry.owners, say=lambda _line: None)
    environ = environ_of(folder, url)
    began = time.process_time()
    async with running(read_settings(environ), clock=SystemClock(), environ=environ) as app:
        print(imported + time.process_time() - began, flush=True)
        gc.freeze()
        gc.enable()
        client = await SignIn(app)("operator")
        await _ask(client, WARM)
        while await asyncio.to_thread(sys.stdin.readline):
            began = time.process_time()
            await _ask(client, REQUESTS)
            print((time.process_time() - began) / REQUESTS, flush=True)


async def _ask(client: Client, times: int) -> None:
    for _ in range(times):
        await client.get("/api/thing00")


def child(site: str, address: str) -> None:
    """Measure in a process that has imported no plugin yet."""
    from foundation.secret import Secret  # noqa: PLC0415  # a child only

    with tempfile.TemporaryDirectory() as folder:
        server = TestServer(Secret(address))
        server._numbers = iter([os.getpid()])  # noqa: SLF001  # names of databases apart
        sys.path.insert(0, site)
        asyncio.run(measured(server, Path(folder)))


class Measured:
    """A process with the plugins of *site*; *start* is what its start took."""

    def __init__(self, site: str, address: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, site, address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.start = self._heard()

    def round(self) -> float:
        """Return the seconds of a request in one more round."""
        assert self._process.stdin is not None
        self._process.stdin.write("on\n")
        self._process.stdin.flush()
        return self._heard()

    def end(self) -> None:
        """Let it end."""
        self._process.communicate()

    def _heard(self) -> float:
        """Return the next figure; lines of the log come between."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.replace(".", "").replace("e-", "").strip().isdigit():
                return float(line)
        raise RuntimeError("the measured process ended")


def compared(address: str) -> tuple[Measured, Measured, list[tuple[float, float]]]:
    """Return both processes, and the seconds of a request in each round: few, many."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        make(Path(one), FEW)
        make(Path(other), MANY)
        few, many = Measured(one, address), Measured(other, address)
        rounds = []
        for turn in range(ROUNDS):  # whoever goes first may find another cache
            first, second = (few, many) if turn % 2 else (many, few)
            found = {first: first.round(), second: second.round()}
            rounds.append((found[few], found[many]))
        few.end()
        many.end()
        return few, many, rounds


def main() -> int:
    """Compare, print a line for each figure, and return 1 when one is over its limit."""
    folder = Path(tempfile.mkdtemp(prefix="foundation-bench-", dir=quick_folder()))
    folder.chmod(0o711)
    server = EmbeddedPostgres(folder / "pg", durable=False)
    try:
        few, many, rounds = compared(server.start(lambda _line: None).reveal())
    finally:
        server.stop()
    start = many.start - few.start
    ratios = [more / less - 1 for less, more in rounds]
    low, request, high = statistics.quantiles(ratios, n=4)
    ms = [statistics.median(column) * 1e3 for column in zip(*rounds, strict=True)]
    print(f"start with {FEW} and with {MANY} plugins   {few.start:6.2f} s {many.start:6.2f} s")
    print(f"grows by                           {start:6.2f} s, at most {MOST_START_S}")
    print(f"a request with {FEW} and with {MANY}       {ms[0]:6.3f} {ms[1]:6.3f} ms")
    spread = f"the middle half of {ROUNDS} rounds: {low:.1%} to {high:.1%}"
    print(
        f"grows by                           {request:6.1%}, at most {MOST_REQUEST:.0%}; {spread}"
    )
    return 0 if start < MOST_START_S and request < MOST_REQUEST else 1


if __name__ == "__main__":
    if len(sys.argv) == 3:
        child(*sys.argv[1:])
    else:
        sys.exit(main())
