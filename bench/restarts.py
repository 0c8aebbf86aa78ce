"""What people lose when the API is restarted, rolled, killed: ``bench/restarts.py [N] [patient]``.

The picture of tests/stack on the shipped files and times. Six people ask through Caddy, one of
five times to create something; meanwhile the API is stopped and started, or rolled, or one worker
is killed, again and again. The promise: 0 of 5,000 fail in restarts, at most 1 of 4,000 in rolls,
a killed worker is back in 3 s, and nothing that was said to be created is missing.

A restart has to be done within the 8 s that Caddy waits; on a machine that is busy otherwise it is
not, and *patient* lets Caddy wait as long as it takes.
"""

import os
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.e2e.visitor import Visitor
from tests.stack.load import Load, kept
from tests.stack.picture import Picture
from tests.stack.program import until

REQUESTS, ROLLED = 5_000, 4_000
WORKERS = 3
PAUSE_S = 3.0
"""Between two turns, in which people work undisturbed."""


def restarted(picture: Picture) -> None:
    """Stop the API and start it again."""
    assert picture.api.stop() == 0, picture.api.said[-3_000:]
    picture.api.log.write_text("")
    picture.api.start()
    until(picture.serves, "it serves again")


def rolled(picture: Picture) -> None:
    """Replace every worker."""
    before = set(picture.workers())
    picture.api.send(signal.SIGHUP)
    until(lambda: not before & set(picture.workers()), "every worker is a new one")
    until(lambda: len(picture.workers()) == len(before), "there are as many as before")


def killed(picture: Picture) -> None:
    """Kill one worker, and wait for another in its place."""
    victim = picture.workers()[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: len({*picture.workers()} - {victim}) == WORKERS, "another is started")
    until(lambda: live(picture) == WORKERS, "all serve again")


def live(picture: Picture) -> int:
    """Return how many workers serve, as the supervisor writes it; a scrape may be 3 s old."""
    text = (picture.folder / "api" / "metrics" / "supervisor.prom").read_text("ascii")
    found = re.search(r"^foundation_workers_live (\d+)", text, re.MULTILINE)
    return int(found[1]) if found else 0


def measure(
    what: str, act: Callable[[Picture], None], picture: Picture, ada: Visitor, least: int
) -> Load:
    """Do *act* again and again while *least* requests are asked; print what came of it."""
    load, began = Load(picture, ada, least=least), time.monotonic()
    turns: list[float] = []
    with load.running():
        while load.done < least or not turns:
            turn = time.monotonic()
            act(picture)
            turns.append(time.monotonic() - turn)
            time.sleep(PAUSE_S)
    took = time.monotonic() - began
    lost = "nothing lost" if kept(picture, load) else "SOMETHING IS LOST"
    print(
        f"{what}: {len(load.failed)} of {load.done} failed in {len(turns)} turns "
        f"of {min(turns):.1f} to {max(turns):.1f} s, {lost}; the slowest request took "
        f"{load.slowest:.2f} s, {load.done / took:.0f} a second",
        flush=True,
    )
    for fault in load.failed[:5]:
        print(f"  {fault}")
    return load


def main(least: int, *, patient: bool) -> int:
    """Measure both; returns 1 when a promise is broken."""
    folder = Path(tempfile.mkdtemp(prefix="foundation-restarts-"))
    folder.chmod(0o711)
    picture = Picture(folder, patient=patient)
    try:
        picture.start()
        ada = picture.visitor("admin")
        stops = measure("stopped and started", restarted, picture, ada, least)
        rolls = measure("rolled", rolled, picture, ada, least)
        kills = measure("one worker killed", killed, picture, ada, least // 5)
        whole = all(kept(picture, load) for load in (stops, rolls, kills))
    finally:
        picture.close()
        shutil.rmtree(folder, ignore_errors=True)
    return int(bool(stops.failed) or len(rolls.failed) > rolls.done // ROLLED or not whole)


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    raise SystemExit(main(*asked or [REQUESTS], patient="patient" in sys.argv))
