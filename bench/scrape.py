"""What a scrape costs with fifty plugins and three workers: ``bench/scrape.py [PLUGINS]``."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from foundation.telemetry import metrics

LIMIT_MS, BUDGET, TIMES = 100.0, 3_000, 10
SLOTS = (0, 2, 4)
KINDS = (("GET", "", 200), ("POST", "", 201), ("GET", "/{id}", 200))


def fill(folder: Path, plugins: int) -> None:
    """Let three workers say what they say of plugins with three busy routes each."""
    for slot in SLOTS:
        metrics.install(folder, slot=slot)
        for n in range(plugins):
            for verb, path, status in KINDS:
                metrics.count_request(
                    method=verb, route=f"/api/p{n}{path}", status=status, seconds=0.01
                )
            metrics.set_plugin_state(f"p{n}", "started")
            metrics.set_plugin_start(f"p{n}", 0.1)
            metrics.count_event(f"p{n}")


def measure(plugins: int, folder: Path) -> int:
    """Print the time of a scrape on a core of its own, and its size; 1 when either is too much."""
    fill(folder, plugins)
    took, text = [], b""
    for _ in range(TIMES):
        began = time.process_time()
        text = metrics.render()
        took.append((time.process_time() - began) * 1_000)
    samples = sum(line[:1] != b"#" for line in text.splitlines())
    print(f"{plugins} plugins, {len(SLOTS)} workers: {samples} samples, budget {BUDGET}")
    print(f"a scrape: {min(took):.0f} to {max(took):.0f} ms of a processor, limit {LIMIT_MS:.0f}")
    return int(min(took) > LIMIT_MS or samples > BUDGET)


def main(plugins: str) -> int:
    """Measure in a process that has the folder from its start: the library looks only then."""
    with tempfile.TemporaryDirectory(prefix="foundation-scrape-") as place:
        told = ["env", f"{metrics.FOLDER_VARIABLE}={place}", sys.executable, __file__]
        return subprocess.run([*told, plugins, place], check=False).returncode


if __name__ == "__main__":
    match sys.argv[1:]:
        case [count, folder]:
            raise SystemExit(measure(int(count), Path(folder)))
        case given:
            raise SystemExit(main(*given or ["50"]))
