"""The metric files of a run, and the supervisor's own few series beside them."""

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
FILE = "supervisor.prom"
"""Both as `foundation.telemetry.metrics` has them; a test holds the two together."""


@dataclass(slots=True)
class Scoreboard:
    """Counts restarts by reason and writes them where a worker's scrape appends them."""

    folder: Path
    configured: int
    restarts: Counter[str] = field(default_factory=Counter)
    written: str = ""

    def wipe(self) -> None:
        """Remove what an earlier run left; counters start at zero with the processes."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in (*self.folder.glob("*.db"), *self.folder.glob("*.prom")):
            left.unlink(missing_ok=True)

    def forget(self, series: int) -> None:
        """Remove the gauges of a worker that has ended; its counters count on."""
        for left in self.folder.glob(f"gauge_live*_{series}.db"):
            left.unlink(missing_ok=True)

    def write(self, *, live: int) -> None:
        """Write the file, if it would say something new."""
        text = self._text(live)
        if text == self.written:
            return
        fresh = self.folder / f"{FILE}.new"
        fresh.write_text(text, "utf-8")
        os.replace(fresh, self.folder / FILE)  # noqa: PTH105  # says that it is atomic
        self.written = text

    def _text(self, live: int) -> str:
        lines = [
            *_series("workers_configured", "gauge", "Workers there should be"),
            f"foundation_workers_configured {float(self.configured)}",
            *_series("workers_live", "gauge", "Workers that are ready"),
            f"foundation_workers_live {float(live)}",
            *_series("worker_restarts_total", "counter", "Workers started again, by reason"),
        ]
        reasons = {"crash": 0, "hung": 0, "memory": 0, "roll": 0, **self.restarts}
        lines += [
            f'foundation_worker_restarts_total{{reason="{reason}"}} {float(count)}'
            for reason, count in sorted(reasons.items())
        ]
        return "\n".join(lines) + "\n"


def _series(name: str, kind: str, text: str) -> tuple[str, str]:
    return f"# HELP foundation_{name} {text}", f"# TYPE foundation_{name} {kind}"
