"""What is told of a measurement is what was measured: ratios of rounds, promises, the page."""

import json
from xml.etree import ElementTree as ET

import pytest


def round_of(per_s, failed=0):
    return {"per_s": per_s, "p50_ms": 2.0, "p99_ms": 8.0, "cpu_ms": 1.0, "failed": failed}


@pytest.fixture
def found(report):
    return {
        "measured": {
            "day": "2026-11-25", "cores": 2, "python": "3.11.7", "node": "24.1.0", "seconds": 1.5
        },
        "loads": [
            {
                "load": "list of 20 projects",
                "connections": 16,
                "ours": [round_of(100.0), round_of(90.0), round_of(300.0)],
                "theirs": [round_of(200.0), round_of(100.0), round_of(200.0)],
            }
        ],
        "bare": [round_of(4_000.0) | {"cpu_ms": 0.25}],
        "memory_mb": {name: [10, 20] for name in [*report.PARTS, "workers", "reference"]},
        "ready_s": [1.5, 2.0],
        "roll": {"asked": 4_000, "failed": 1},
    }  # fmt: skip


def test_a_ratio_is_of_two_rounds_side_by_side(report, found):
    ((name, connections, each),) = report.ratios(found)

    assert (name, connections) == ("list of 20 projects", 16)
    assert each["per_s"] == report.Ratio(median=0.9, least=0.5, most=1.5)
    assert str(each["per_s"]) == "0.90 (0.50-1.50)"


def test_every_promise_is_kept_or_told_as_broken(report, found):
    assert [holds for _, holds in report.promises(found)] == [True] * 5

    found["memory_mb"] |= {"workers": [400, 500], "db": [100, 600]}
    found["ready_s"] = [1.0, 3.1]
    found["loads"][0]["ours"][0]["failed"] = 2
    found["roll"] = {"asked": 3_999, "failed": 2}

    told = dict(report.promises(found))
    assert list(told.values()) == [False] * 5
    assert "every service is within its cap, not db" in told


def test_a_service_is_shown_against_the_cap_that_it_is_shipped_with(report, found):
    lines = report.table(found)

    assert "| api | 1536 | 10 | 20 (1%) |" in lines
    assert "| list of 20 projects | 16 | 0.90 (0.50-1.50) |" in "\n".join(lines)
    assert "Of the CPU that a list of 20 projects takes, hypercorn alone is 25%." in lines


def test_the_plot_has_a_bar_for_each_load(report, found):
    drawn = ET.fromstring(report.plot(found))

    assert len(drawn.findall("{*}rect")) == len(found["loads"])


def test_the_page_and_the_plot_say_what_the_kept_results_say(report):
    page = report.PAGE.read_text("utf-8")
    shown = page.partition(report.BEGIN)[2].partition(report.END)[0].strip()
    if not report.RESULTS.exists():  # nobody has measured on a quiet machine yet
        assert (shown, report.PLOT.exists()) == ("", False)
        return
    kept = json.loads(report.RESULTS.read_text("utf-8"))

    assert shown == report.figures(kept).strip(), "run python -m bench.report"
    assert report.PLOT.read_text("utf-8") == report.plot(kept)
