"""Metrics: what is counted, and how the processes of several slots add up."""

import os
import re
import subprocess
import sys

import pytest

from foundation.telemetry import metrics


@pytest.fixture
def series():
    return metrics.install()


def value(text, name):
    found = re.search(rf"^{re.escape(name)} (\S+)$", text.decode(), re.MULTILINE)
    return float(found[1]) if found else None


def test_a_request_is_counted_by_its_rule(series):
    metrics.count_request(method="GET", route="/api/projects/{id}", status=404, seconds=0.02)
    text = metrics.render()
    labels = 'method="GET",route="/api/projects/{id}"'

    assert value(text, f'foundation_http_requests_total{{{labels},status="404"}}') == 1
    name = f'foundation_http_request_seconds_count{{{labels},status_class="4xx"}}'
    assert value(text, name) == 1


def test_ten_thousand_unknown_paths_add_one_route(series):
    for _ in range(10_000):
        metrics.count_request(method="GET", route=None, status=404, seconds=0.001)
    text = metrics.render().decode()

    assert set(re.findall(r'route="([^"]*)"', text)) == {"<unmatched>"}


def test_a_method_nobody_knows_is_other(series):
    metrics.count_request(method="X" * 50, route=None, status=405, seconds=0.001)

    assert b'method="OTHER"' in metrics.render()
    assert b"XXXX" not in metrics.render()


def test_each_function_adds_to_its_series(series):
    metrics.count_rejected("gate")
    metrics.set_in_flight(3)
    metrics.observe_db("commit")
    metrics.count_event("projects")
    metrics.count_signin("success")
    metrics.count_denied("credentials")
    metrics.set_audit_tree(size=7, lag=0.5, halted=True)
    metrics.set_vault_sealed(sealed=True)
    metrics.set_plugin_state("etl", "failed")
    metrics.set_build(version="1.0", revision="abc")
    metrics.observe_loop(-0.1)
    text = metrics.render()

    for name, expected in {
        'foundation_http_rejected_total{reason="gate"}': 1,
        "foundation_http_in_flight": 3,
        'foundation_db_transactions_total{outcome="commit"}': 1,
        'foundation_audit_events_total{plugin="projects"}': 1,
        "foundation_audit_tree_size": 7,
        "foundation_audit_seal_lag_seconds": 0.5,
        "foundation_audit_seal_halted": 1,
        'foundation_auth_signins_total{outcome="success"}': 1,
        'foundation_authz_denied_total{plugin="credentials"}': 1,
        "foundation_vault_sealed": 1,
        'foundation_plugin_state{plugin="etl",state="failed"}': 1,
        'foundation_build_info{revision="abc",version="1.0"}': 1,
        "foundation_loop_lag_seconds_sum": 0,
    }.items():
        assert value(text, name) == expected, name


def test_a_process_is_measured_from_proc(series, tmp_path):
    (tmp_path / "fd").mkdir()
    (tmp_path / "fd" / "0").touch()
    (tmp_path / "statm").write_text("900 100 50 1 0 40 0\n")
    (tmp_path / "stat").write_text("7 (a ) b) S 1 1 1 0 -1 0 0 0 0 0 300 200 0 0 20 0 1\n")
    metrics.observe_process(tmp_path)
    text = metrics.render()

    assert value(text, 'foundation_process_resident_bytes{slot="0"}') == 100 * metrics._PAGE
    assert value(text, 'foundation_process_cpu_seconds{slot="0"}') == 500 / metrics._TICKS
    assert value(text, 'foundation_process_open_fds{slot="0"}') == 1


def test_without_series_nothing_is_counted_and_nothing_fails():
    code = (
        "from foundation.telemetry import metrics as m\n"
        "m.count_request(method='GET', route=None, status=200, seconds=1)\n"
        "m.count_event('x'); m.set_in_flight(1); m.observe_process(); m.observe_db('commit')\n"
        "assert m.render() == b''"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


WORKER = """
import sys
from pathlib import Path
from foundation.telemetry import metrics as m
from foundation.telemetry.resources import tell_lead
m.install(Path(sys.argv[1]), slot=int(sys.argv[2]))
m.count_event("projects")
m.set_in_flight(2)
tell_lead("sealer")
m.set_vault_sealed(sealed=sys.argv[2] == "0")
if len(sys.argv) > 3:
    sys.stdout.buffer.write(m.render())
"""


def worker(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-c", WORKER, str(folder), *arguments],
        env={**os.environ, metrics.FOLDER_VARIABLE: str(folder)},
        capture_output=True,
        check=True,
    ).stdout


def test_any_worker_answers_for_all(tmp_path):
    worker(tmp_path, "0")
    text = worker(tmp_path, "2", "show")

    assert value(text, 'foundation_audit_events_total{plugin="projects"}') == 2
    assert value(text, "foundation_http_in_flight") == 4
    assert value(text, "foundation_vault_sealed") == 1
    assert value(text, 'foundation_leader{role="sealer"}') == 2  # the one that was it last


def test_the_next_process_of_a_slot_counts_on_and_starts_its_gauges_anew(tmp_path):
    worker(tmp_path, "0")
    text = worker(tmp_path, "0", "show")

    assert value(text, 'foundation_audit_events_total{plugin="projects"}') == 2
    assert value(text, "foundation_http_in_flight") == 2


def test_a_folder_that_is_not_there_is_made_for_its_owner_alone(tmp_path):
    worker(tmp_path / "run" / "metrics", "900")

    assert (tmp_path / "run" / "metrics").stat().st_mode & 0o777 == 0o700


def test_a_scrape_holds_what_the_supervisor_says(tmp_path):
    (tmp_path / metrics.SUPERVISOR_FILE).write_text("foundation_workers_live 3.0\n")

    assert value(worker(tmp_path, "0", "show"), "foundation_workers_live") == 3


def test_no_time_of_creation_is_told(series):
    metrics.count_event("projects")

    assert b"_created" not in metrics.render()


def test_a_plugin_is_in_one_state_at_a_time_and_its_failures_are_counted_by_part(series):
    metrics.set_plugin_state("etl", "started")
    metrics.set_plugin_state("etl", "quarantined")
    metrics.set_plugin_start("etl", 0.25)
    metrics.count_plugin_failure("etl", "routes")

    text = metrics.render(series)
    assert value(text, 'foundation_plugin_state{plugin="etl",state="started"}') == 0
    assert value(text, 'foundation_plugin_state{plugin="etl",state="quarantined"}') == 1
    assert value(text, 'foundation_plugin_start_seconds{plugin="etl"}') == 0.25
    assert value(text, 'foundation_plugin_failures_total{part="routes",plugin="etl"}') == 1
