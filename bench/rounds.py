"""Loads both stacks in turn, round after round, and puts together what is kept of it."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from bench.stacks import Asker, Stack, Stacks

PAUSE_S = 0.4
"""Between two loads: connections that the last one needed are given back."""

STARTS = 3
SIDES = ("ours", "theirs")


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked: *reads* is a path, None for the list, *writing* the part that creates.

    What *is_file* comes from nginx, as in the picture.
    """

    name: str
    connections: int
    reads: str | None = None
    writing: float = 0.0
    is_file: bool = False


LOADS = (
    *(Load("list of 20 projects", many) for many in (1, 16, 64)),
    Load("who is signed in", 16, "/api/auth/me"),
    Load("the page of the web app", 16, "/", is_file=True),
    *(Load("create a project", many, writing=1.0) for many in (1, 16, 64)),
    *(Load("95 lists to 5 creations", many, writing=0.05) for many in (1, 16, 64)),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of one load: throughput, times, and processor time of the API's processes."""

    per_s: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    failed: int


def taken(asker: Asker, stack: Stack, load: Load, seconds: float) -> Taken:
    """Put one load on one stack."""
    before = stack.cpu_s()
    came = asker.load(
        {
            "url": stack.url,
            "seconds": seconds,
            "connections": load.connections,
            "headers": dict(stack.headers),
            "reads": load.reads or stack.list_path,
            "writes": "/api/projects",
            "writing": load.writing,
        }
    )
    spent, answered = stack.cpu_s() - before, max(1, came["answered"])
    return Taken(
        per_s=round(came["answered"] / came["seconds"], 1),
        p50_ms=round(came["p50_ms"] or 0.0, 3),
        p99_ms=round(came["p99_ms"] or 0.0, 3),
        cpu_ms=round(spent * 1000 / answered, 3),
        failed=came["failed"],
    )


def rounds(
    stacks: Stacks, asker: Asker, *, count: int, seconds: float, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Return, for each load, what came of it in each round; who is first changes each round."""
    found = {load: {side: list[Taken]() for side in SIDES} for load in LOADS}
    for load, side in _turns(0):
        taken(asker, _stack(stacks, load, side), load, min(seconds, 0.5))  # warm: not counted
    for number in range(count):
        say(f"round {number + 1} of {count}")
        for load, side in _turns(number):
            time.sleep(PAUSE_S)
            found[load][side].append(taken(asker, _stack(stacks, load, side), load, seconds))
    return [
        {"load": load.name, "connections": load.connections}
        | {side: [asdict(one) for one in each] for side, each in sides.items()}
        for load, sides in found.items()
    ]


def bare(stacks: Stacks, asker: Asker, *, count: int, seconds: float) -> list[dict[str, Any]]:
    """Return what one process of hypercorn answers when nothing of ours stands behind it."""
    load = Load("hypercorn alone", 16)
    taken(asker, stacks.bare, load, min(seconds, 0.5))
    return [asdict(taken(asker, stacks.bare, load, seconds)) for _ in range(count)]


def _turns(number: int) -> Iterator[tuple[Load, str]]:
    order = SIDES if number % 2 == 0 else SIDES[::-1]
    for load in LOADS:
        for side in order:
            yield load, side


def _stack(stacks: Stacks, load: Load, side: str) -> Stack:
    if side == "theirs":
        return stacks.theirs
    return stacks.web if load.is_file else stacks.ours


def roll(stacks: Stacks, asker: Asker, seconds: float) -> dict[str, Any]:
    """Replace the workers one by one under a load through Caddy; return what was not answered."""
    picture, before = stacks.picture, set(stacks.picture.workers())
    hup = threading.Timer(0.5, picture.api.send, [signal.SIGHUP])
    hup.start()
    came = asker.load(
        {
            "url": picture.url,
            "seconds": seconds,
            "connections": 8,
            "headers": dict(stacks.ours.headers),
            "reads": stacks.ours.list_path,
            "writing": 0,
        }
    )
    ends = time.monotonic() + 30
    while before & set(picture.workers()) and time.monotonic() < ends:
        time.sleep(0.05)
    return {"asked": came["answered"] + came["failed"], "failed": came["failed"]}


def starts(stacks: Stacks) -> list[float]:
    """Return the seconds of some starts, each with three workers."""
    return [round(stacks.restart(), 2) for _ in range(STARTS)]
