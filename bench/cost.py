"""Measures the processor time of one request in one process, without a server or a load generator.

Run by hand: ``python -m bench.cost [--against FOLDER]``. It starts PostgreSQL and Redis of its own,
and a Foundation whose application is called as hypercorn calls it, its thin layer, line and metrics
included. With ``--against``, another checkout with the same tables, both take turns: then a ratio
means something on a busy machine too. ``--profile NAME`` writes where the time goes to
``NAME-list.prof`` and so on.
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.stacks import SEED
from sqlalchemy import text
from tests.stack.program import quiet_environ
from tests.valkey_server import Valkey

from foundation.app import running
from foundation.clock import SystemClock
from foundation.db.address import direct_engine
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.migrate import upgrade
from foundation.plugins.loader import load
from foundation.secret import Secret
from foundation.settings import PluginChoice, read_settings
from foundation.telemetry.metrics import FOLDER_VARIABLE
from foundation.testing.people import SignIn
from foundation.testing.platform import environ_of

ROOT = Path(__file__).resolve().parent.parent
ASKED = ("list", "me", "create")


class Side:
    """One checkout, served by a process that takes turns with the other's."""

    def __init__(self, name: str, folder: Path, environ: dict[str, str], cookie: str) -> None:
        read, write = os.pipe()
        place = ":".join(str(one) for one in [folder, folder / "core", *folder.glob("plugins/*")])
        self.name = name
        self._series = tempfile.TemporaryDirectory(prefix="foundation-cost-")
        given = {**quiet_environ(), "PYTHONPATH": place, FOLDER_VARIABLE: self._series.name}
        self.process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("cost_side.py")],
            env=given,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[write],
            text=True,
        )
        os.close(write)
        self._tell(
            {"environ": environ, "cookie": cookie, "out": write, "folder": self._series.name}
        )
        self._out = os.fdopen(read)

    def cost(self, asked: str, count: int, profile: str = "") -> tuple[float, str]:
        """Return the microseconds of one request, and an answer."""
        self._tell([asked, count, profile])
        said = self._out.readline()
        if not said:
            raise SystemExit(f"cost: the process of {self.name} has ended")
        spent, answer = json.loads(said)
        return spent, answer

    def _tell(self, told: object) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(told) + "\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()
        self._series.cleanup()


@contextmanager
def prepared() -> Iterator[tuple[dict[str, str], str]]:
    """Start what a Foundation needs; yield the environment of both sides, and an admin's cookie."""
    folder = Path(tempfile.mkdtemp(prefix="foundation-cost-"))
    folder.chmod(0o711)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "valkey").mkdir()
        valkey = Valkey(folder / "valkey")
        stack.callback(valkey.stop)
        server = EmbeddedPostgres(folder / "pg", durable=False)
        stack.callback(server.stop)
        environ = environ_of(folder, server.start(lambda _: None))
        environ["FOUNDATION_REDIS_URL"] = valkey.url
        yield environ, asyncio.run(_filled(environ))


async def _filled(environ: dict[str, str]) -> str:
    """Make the tables, five hundred projects and a session; return its cookie."""
    url = Secret(environ["FOUNDATION_DATABASE_URL"])
    owners = load(PluginChoice(data=Path(environ["FOUNDATION_DATA"])), environ={}).owners
    await upgrade(url, owners, say=lambda _: None)
    async with running(read_settings(environ), clock=SystemClock(), environ=environ) as app:
        client = await SignIn(app)("admin")
    engine = direct_engine(url, application_name="bench", server={})
    async with engine.begin() as connection:
        for statement in SEED:
            await connection.execute(text(statement))
    await engine.dispose()
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def compare(sides: list[Side], *, rounds: int, count: int, kinds: list[str]) -> None:
    """Let the sides take turns, and print the median of each and of their ratios."""
    for asked in kinds:
        spent: dict[str, list[float]] = {side.name: [] for side in sides}
        for side in sides:
            side.cost(asked, count)  # warm
        for n in range(rounds):
            for side in sides if n % 2 else sides[::-1]:
                spent[side.name].append(side.cost(asked, count)[0])
        told = "  ".join(
            f"{name} {statistics.median(each):6.0f} µs" for name, each in spent.items()
        )
        if len(sides) == 2:
            here, there = spent.values()
            ratios = sorted(a / b for a, b in zip(here, there, strict=True))
            told += f"  ratio {statistics.median(ratios):.2f} ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        print(f"{asked:8}{told}", flush=True)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="another checkout")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--count", type=int, default=200, help="requests of a turn")
    parser.add_argument("--kinds", nargs="*", default=list(ASKED), choices=ASKED)
    parser.add_argument("--profile", metavar="NAME")
    chosen = parser.parse_args()
    with prepared() as (environ, cookie), ExitStack() as stack:
        folders = {"here": ROOT} | ({"there": chosen.against} if chosen.against else {})
        sides = [Side(name, folder.resolve(), environ, cookie) for name, folder in folders.items()]
        for side in sides:
            stack.callback(side.close)
        if chosen.profile:
            for asked in chosen.kinds:
                sides[0].cost(asked, chosen.count)
                sides[0].cost(asked, chosen.count, f"{chosen.profile}-{asked}.prof")
            return
        compare(sides, rounds=chosen.rounds, count=chosen.count, kinds=chosen.kinds)


if __name__ == "__main__":
    main()
