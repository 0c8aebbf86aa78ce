"""A thousand short runs and one that says 100 MB, while somebody looks on.

    .venv/bin/python bench/runs.py                        all of it: some minutes on two cores
    .venv/bin/python bench/runs.py --short 50 --lines 5000

A Foundation of its own, with its run worker. Ends with 1 when an answer is slow, a page stands
still, a line of the log is told twice or out of order, or the memory of the API does not stay flat.
"""

import argparse
import http.client
import json
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402  # after the path
from tests.e2e.conftest import FLAGS  # noqa: E402  # after the path
from tests.e2e.foundation_process import FoundationProcess  # noqa: E402  # after the path
from tests.e2e.person import Person  # noqa: E402  # after the path
from tests.e2e.visitor import Visitor  # noqa: E402  # after the path

ANSWER_MS, STILL_MS, GROWTH_MB, CANCEL_S = 1_000, 500, 60, 2.0
"""The 95th answer and look at the page of a hundred, what each worker may grow by, a cancel."""

PLUGIN = ROOT / "bench" / "load" / "foundation_load"
WARM = 20

STILL = """() => new Promise((done) => {
  const asked = performance.now();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - asked), 0));
})"""


def site() -> Path:
    """Return a folder in which the plugin of the bench is as if installed."""
    folder = Path(tempfile.mkdtemp(prefix="foundation-bench-"))
    folder.chmod(0o755)
    shutil.copytree(PLUGIN, folder / PLUGIN.name, ignore=shutil.ignore_patterns("__pycache__"))
    info = folder / "foundation_load-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: foundation-load\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[foundation.plugins]\nload = foundation_load.plugin\n")
    return folder


@dataclass(slots=True)
class Caller:
    """Somebody's connection to the API, with what each kind of answer took."""

    visitor: Visitor
    port: int
    took: dict[str, list[float]]
    failed: list[str]

    def get(self, path: str, kind: str = "") -> Any:  # JSON
        """Read *path*, and note under *kind* what it took, in milliseconds."""
        began = time.monotonic()
        there = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            there.request("GET", path, headers=self.headers)
            answer = there.getresponse()
            said = answer.read()
        finally:
            there.close()
        if answer.status != 200:
            self.failed.append(f"{path}: {answer.status} {said[:200]!r}")
            return None
        if kind:
            self.took[kind].append((time.monotonic() - began) * 1_000)
        return json.loads(said)

    @property
    def headers(self) -> dict[str, str]:
        """What a page of this person sends."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())
        return {"Cookie": cookies, "Origin": self.visitor.url}


@dataclass(slots=True)
class Onlookers:
    """All that looks on while the runs are under way, each in a thread of its own."""

    caller: Caller
    api: list[psutil.Process]
    flood: str = ""
    told: list[int] = field(default_factory=list)
    bytes_told: int = 0
    memory: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    stop: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self) -> None:
        """Look on from now on."""
        for work in (self._read_pages, self._read_log, self._follow, self._weigh):
            self.threads.append(threading.Thread(target=work, daemon=True))
            self.threads[-1].start()

    def end(self) -> None:
        """Look on no more."""
        self.stop.set()
        for thread in self.threads:
            thread.join(30)

    def pages(self) -> None:
        """Ask once for all that the section Runs shows."""
        get = self.caller.get
        get("/api/runs?limit=50", "list")
        get("/api/runs?limit=50&state=succeeded", "list by state")
        get("/api/runs?limit=50&open=true", "list of open")
        get("/api/runs/statistics?days=14", "charts")
        get("/api/dashboard", "dashboard")
        if self.flood:
            get(f"/api/runs/{self.flood}", "one run")

    def weigh(self) -> None:
        """Note how much memory each worker of the API has, in MB."""
        for process in self.api:
            self.memory[process.pid].append(process.memory_info().rss // 1_000_000)

    def _read_pages(self) -> None:
        while not self.stop.wait(1.0):
            self.pages()

    def _read_log(self) -> None:
        """Read the whole log from its begin again and again, in the largest pieces."""
        after = 0
        while not self.stop.wait(1.0):
            page = self.caller.get(f"/api/runs/{self.flood}/log?after={after}&limit=20", "log page")
            after = page["next"] if page and page["more"] else 0

    def _follow(self) -> None:
        there = http.client.HTTPConnection("localhost", self.caller.port, timeout=60)
        topic = f"runs.run:{self.flood}"
        there.request(
            "GET",
            f"/api/live?topics=runs.run,{topic}&after={topic}=0.0",
            headers=self.caller.headers,
        )
        for line in there.getresponse():
            self.bytes_told += len(line)
            if line.startswith(b"data: ") and (said := json.loads(line[6:]))["type"] == "log":
                self.told.append(said["data"]["n"])
            if self.stop.is_set():
                return

    def _weigh(self) -> None:
        while not self.stop.wait(1.0):
            self.weigh()


def watch(page: Page, caller: Caller, count: int, *, until: float) -> list[float]:
    """Return how long the page took to answer, again and again, while runs have not ended."""
    still, shown = [], time.monotonic()
    while time.monotonic() < until:
        still.append(float(page.evaluate(STILL)))
        page.wait_for_timeout(500)
        if time.monotonic() - shown > 10:
            shown = time.monotonic()
            left = caller.get("/api/runs?open=true&limit=200")
            waiting = len(left["items"]) if left else 0
            print(f"  {len(still):5d} looks, at least {waiting} of {count} runs left", flush=True)
            if waiting == 0:
                break
    return still


def stopped(visitor: Visitor, caller: Caller, kind: str) -> float:
    """Return how many seconds it takes until a run of *kind* has ended after it was cancelled."""
    id = visitor.post("/api/runs", {"kind": kind}).json["id"]
    while not caller.get(f"/api/runs/{id}/log")["lines"]:
        time.sleep(0.1)
    began = time.monotonic()
    visitor.post(f"/api/runs/{id}/cancel", {})
    while caller.get(f"/api/runs/{id}")["state"] != "cancelled":
        time.sleep(0.02)
    return time.monotonic() - began


def ask_for(visitor: Visitor, count: int) -> None:
    """Ask for the short runs."""
    for _ in range(count):
        answer = visitor.post("/api/runs", {"kind": "load.short"})
        assert answer.status == 201, answer.body


def figures(took: dict[str, list[float]]) -> bool:
    """Print what answers took; tell whether they were quick enough."""
    ok = True
    for kind, times in sorted(took.items()):
        ordered = sorted(times)
        p95 = ordered[int(len(ordered) * 0.95)]
        ok &= p95 < ANSWER_MS
        middle, most = statistics.median(ordered), ordered[-1]
        print(f"{kind:16s} {len(ordered):5d} x  {middle:6.0f} p95 {p95:6.0f} max {most:6.0f} ms")
    return ok


def flat(memory: dict[int, list[int]]) -> bool:
    """Print how much memory the workers of the API had; tell whether it stayed flat."""
    ok = True
    for pid, seen in memory.items():
        ok &= seen[-1] - seen[0] < GROWTH_MB and max(seen) - seen[0] < 2 * GROWTH_MB
        tenth = [str(seen[at * (len(seen) - 1) // 10]) for at in range(11)]
        print(f"API worker {pid}: {' '.join(tenth)} MB, most {max(seen)}")
    return ok


def whole(looks: Onlookers, shown: list[str], lines: int) -> bool:
    """Print what was told of the log and is shown of it; tell whether that is right."""
    in_order = looks.told == sorted(set(looks.told))
    print(
        f"stream: {len(looks.told)} chunks in order: {in_order}, {looks.bytes_told // 1_000_000} MB"
    )
    state = looks.caller.get(f"/api/runs/{looks.flood}")["state"]
    to_its_end = bool(shown) and shown[-1].split()[1:2] == [str(lines - 1)]
    print(f"the flood has {state}; the page shows {len(shown)} lines to its end: {to_its_end}")
    return in_order and to_its_end and state == "succeeded"


def run(running: FoundationProcess, *, short: int, lines: int, minutes: float) -> bool:
    """Let it all happen, and print a line for each figure."""
    ada = Visitor(running.url)
    ada.sign_in("admin")
    caller = Caller(ada, running.port, defaultdict(list), [])
    assert running.process is not None
    family = psutil.Process(running.process.pid).children(recursive=True)
    names = {"foundation.asgi", "foundation.asgi.preload"}  # started alone, or with the others
    api = [one for one in family if names & {*one.cmdline()}]
    looks = Onlookers(caller, api)
    for _ in range(WARM):
        looks.pages()
    caller.took.clear()
    began = time.monotonic()
    found = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        with Person(browser, running.url) as person:
            person.sign_in("Ada Admin")
            made = ada.post("/api/runs", {"kind": "load.flood", "params": {"lines": lines}})
            looks.flood = made.json["id"]
            person.page.goto(f"{running.url}/s/runs/{looks.flood}")
            looks.weigh()
            looks.begin()
            asking = threading.Thread(target=ask_for, args=(ada, short), daemon=True)
            asking.start()
            until = began + 60 * minutes
            still = watch(person.page, caller, short + 1, until=until)
            asking.join()
            still += watch(person.page, caller, short + 1, until=until)
            shown = person.page.get_by_role("region", name="Log").inner_text().splitlines()
        browser.close()
    looks.end()
    looks.weigh()
    took = time.monotonic() - began
    left = len(caller.get("/api/runs?open=true&limit=200")["items"])
    print(f"{short} short runs and {lines} lines: {took:.0f} s, {left} left")
    ok = figures({**caller.took, "the page": still}) and left == 0
    ok &= sorted(still)[int(len(still) * 0.95)] < STILL_MS
    ok &= flat(looks.memory) and whole(looks, shown, lines)
    for kind in ("load.wait", "load.busy") if left == 0 else ():
        seconds = stopped(ada, caller, kind)
        ok &= seconds < CANCEL_S
        print(f"{kind} has ended {seconds:.2f} s after its cancel")
    for fault in caller.failed[:10]:
        print(f"failed: {fault}")
    return ok and not caller.failed


def main() -> None:
    """Read the arguments, measure, and end with 1 beyond a goal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--short", type=int, default=1_000, help="short runs")
    parser.add_argument("--lines", type=int, default=100_000, help="lines of 1,000 letters")
    parser.add_argument("--minutes", type=float, default=60, help="at most so long")
    chosen = parser.parse_args()
    folder = site()
    try:
        with FoundationProcess(site=folder) as running:
            ok = run(running, short=chosen.short, lines=chosen.lines, minutes=chosen.minutes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
