"""Measures the picture against the reference stack, and says whether it keeps what it promises.

Run by `make bench`, on a quiet machine: about five minutes. ``--keep`` writes `bench/results.json`
and the page that shows it; without it the results go to `.cache/bench.json`.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.report import RESULTS, ROOT, promises, table, write
from bench.rounds import bare, roll, rounds, starts
from bench.stacks import Asker, node_version, running

from foundation.clock import SystemClock


def measured(*, count: int, seconds: float) -> dict[str, Any]:
    """Start both stacks, measure, and return all that was found."""
    _say("compiles core and the plugins, as an image has them, and starts both stacks")
    with running() as stacks:
        time.sleep(2)
        rest = stacks.memory()
        asker = Asker()
        try:
            loads = rounds(stacks, asker, count=count, seconds=seconds, say=_say)
            alone = bare(stacks, asker, count=count, seconds=seconds)
            busy = stacks.memory()  # before the roll, in which a slot has two workers for a while
            rolled = roll(stacks, asker, 6.0)
        finally:
            asker.close()
        ready = starts(stacks)
    return {
        "measured": {
            "day": SystemClock().now().date().isoformat(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "node": node_version(),
            "seconds": seconds,
        },
        "loads": loads,
        "bare": alone,
        "memory_mb": {name: [round(rest[name]), round(busy[name])] for name in rest},
        "ready_s": ready,
        "roll": rolled,
    }


def main() -> int:
    """Measure, print, and return 1 where a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5, help="of each load")
    parser.add_argument("--keep", action="store_true", help="write the results and their page")
    chosen = parser.parse_args()
    try:
        found = measured(count=chosen.rounds, seconds=chosen.seconds)
    except AssertionError as fault:  # a part did not start, or not in time
        raise SystemExit(f"bench: {fault}") from None
    out = RESULTS if chosen.keep else ROOT / ".cache" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if chosen.keep:
        write(found)
    print("\n".join(["", *table(found), "", f"all of it: {out.relative_to(ROOT)}", ""]))
    kept = promises(found)
    for told, holds in kept:
        print(f"{'ok' if holds else 'BROKEN':7}{told}")
    vault = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("vault.py"))], check=False
    ).returncode
    return 0 if all(holds for _, holds in kept) and vault == 0 else 1


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
