"""Draws what `bench/run.py` found: a table, a plot, and whether each promise is kept.

``python -m bench.report`` writes the page anew from `bench/results.json`.
"""

import json
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results.json"
PAGE = ROOT / "docs" / "explanation" / "performance.md"
PLOT = ROOT / "docs" / "pictures" / "performance.svg"
BEGIN, END = "<!-- figures: written by bench/report.py -->", "<!-- end of figures -->"

WORKERS_MB, READY_S, LOST_OF = 500, 3.0, 4_000
MEASURES = {"per_s": "throughput", "p50_ms": "p50", "p99_ms": "p99", "cpu_ms": "CPU a request"}
LIST = ("list of 20 projects", 16)
PARTS = {"caddy": "Caddy", "web": "web", "api": "api", "worker": "run worker", "db": "PostgreSQL"}
PARTS |= {"redis": "Redis"}

Found = Mapping[str, Any]  # what run.py wrote


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times the reference's figure ours is, over the rounds."""

    median: float
    least: float
    most: float

    @classmethod
    def of(cls, ours: Sequence[float], theirs: Sequence[float]) -> "Ratio":
        """Compare round with round: the two of one round saw the same machine."""
        each = [mine / other for mine, other in zip(ours, theirs, strict=True) if other]
        return cls(statistics.median(each), min(each), max(each))

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f}-{self.most:.2f})"


def ratios(found: Found) -> list[tuple[str, int, dict[str, Ratio]]]:
    """Return each load's name and connections, with the ratio of each measure."""
    return [
        (
            load["load"],
            load["connections"],
            {
                name: Ratio.of(*([one[name] for one in load[side]] for side in ("ours", "theirs")))
                for name in MEASURES
            },
        )
        for load in found["loads"]
    ]


def caps() -> dict[str, int]:
    """Return the memory that compose lets each service have, in MB."""
    services = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    return {name: int(services[name]["mem_limit"].removesuffix("m")) for name in PARTS}


def table(found: Found) -> list[str]:
    """Return the figures as tables, which read as text too."""
    rounds = len(found["loads"][0]["ours"])
    lines = [
        f"Foundation's figure over the reference's: median of {rounds} rounds, and their range.",
        "",
        "| asked | connections | " + " | ".join(MEASURES.values()) + " |",
        "|---|---|" + "---|" * len(MEASURES),
    ]
    for name, connections, each in ratios(found):
        lines.append(f"| {name} | {connections} | {' | '.join(map(str, each.values()))} |")
    lines += ["", f"Of the CPU that a {LIST[0]} takes, hypercorn alone is {_alone(found):.0%}."]
    lines += ["", "| service | cap, MB | at rest, PSS | after the load |", "|---|---|---|---|"]
    held, most = found["memory_mb"], caps()
    for name, title in PARTS.items():
        rest, busy = held[name]
        lines.append(f"| {title} | {most[name]} | {rest} | {busy} ({busy / most[name]:.0%}) |")
    rest, busy = held["workers"]
    lines.append(f"| of api: the three workers | {WORKERS_MB} | {rest} | {busy} |")
    rest, busy = held["reference"]
    lines.append(f"| the reference, all its processes | | {rest} | {busy} |")
    return lines


def _alone(found: Found) -> float:
    """Return which part of the list's processor time hypercorn takes by itself."""
    (listed,) = (one for one in found["loads"] if (one["load"], one["connections"]) == LIST)
    alone, whole = (
        statistics.median(one["cpu_ms"] for one in each) for each in (found["bare"], listed["ours"])
    )
    return float(alone / whole)


def promises(found: Found) -> list[tuple[str, bool]]:
    """Return each promise with what was found, and whether it holds."""
    failed = sum(one["failed"] for load in found["loads"] for one in load["ours"])
    asked, lost = found["roll"]["asked"], found["roll"]["failed"]
    busy, slowest = max(found["memory_mb"]["workers"]), max(found["ready_s"])
    over = [name for name, most in caps().items() if max(found["memory_mb"][name]) > most]
    return [
        (f"three workers hold {busy} MB of {WORKERS_MB}", busy < WORKERS_MB),
        (f"ready within {slowest:.2f} s of {READY_S:g}", slowest < READY_S),
        (f"every service is within its cap{''.join(f', not {name}' for name in over)}", not over),
        (f"{failed} requests of the loads failed", failed == 0),
        (f"a roll through Caddy lost {lost} of {asked}", lost <= max(1, asked // LOST_OF)),
    ]


def figures(found: Found) -> str:
    """Return the part of the page that is written from the results."""
    about = found["measured"]
    where = f"Measured on {about['day']}: {about['cores']} cores, which the load generator shares"
    versions = f"Python {about['python']}, Node {about['node']}; {about['seconds']:g} s a load"
    said = [
        f"{where}; {versions}.",
        "",
        "![throughput as a part of the reference's](../pictures/performance.svg)",
        "",
        *table(found),
        "",
        *(f"- {told}: {'kept' if holds else '**not kept**'}" for told, holds in promises(found)),
    ]
    return "\n".join(said)


def write(found: Found) -> None:
    """Write the figures into the page, and the plot."""
    page = PAGE.read_text("utf-8")
    between = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    text = f"{BEGIN}\n{figures(found)}\n{END}"
    PAGE.write_text(between.sub(lambda _: text, page), "utf-8")
    PLOT.write_text(plot(found), "utf-8")


STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#59636e}.bar{fill:#3b6fd4}"
    ".range{stroke:#8c96a3;stroke-width:2}.one{stroke:#8c96a3;stroke-dasharray:4 4}"
)
LEFT, WIDE, ROW = 260, 420, 26


def plot(found: Found) -> str:
    """Return a bar for each load, as SVG: the median of the throughput, and its range."""
    each = [(name, many, ratio["per_s"]) for name, many, ratio in ratios(found)]
    top = max(1.0, *(ratio.most for _, _, ratio in each)) * 1.05
    high = ROW * (len(each) + 1)

    def at(value: float) -> str:
        return f"{LEFT + WIDE * value / top:.1f}"

    box = f"0 0 {LEFT + WIDE + 60} {high}"
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" role="img">',
        "<title>Requests a second, as a part of the reference's</title>",
        f"<style>{STYLE}</style>",
        f'<line class="one" x1="{at(1)}" y1="0" x2="{at(1)}" y2="{high - ROW}"/>',
        f'<text x="{at(1)}" y="{high - 8}" text-anchor="end">1: as many as the reference</text>',
    ]
    for number, (name, many, ratio) in enumerate(each):
        y, width = ROW * number, WIDE * ratio.median / top
        ends = f'x1="{at(ratio.least)}" x2="{at(ratio.most)}"'
        middle, right = y + ROW // 2, LEFT + WIDE + 52
        drawn += [
            f'<text x="{LEFT - 8}" y="{middle + 4}" text-anchor="end">{name}, {many}</text>',
            f'<rect class="bar" x="{LEFT}" y="{y + 5}" width="{width:.1f}" height="{ROW - 10}"/>',
            f'<line class="range" {ends} y1="{middle}" y2="{middle}"/>',
            f'<text x="{right}" y="{middle + 4}" text-anchor="end">{ratio.median:.2f}</text>',
        ]
    return "\n".join([*drawn, "</svg>"]) + "\n"


if __name__ == "__main__":
    write(json.loads(RESULTS.read_text("utf-8")))
