"""What the monitoring names is what a running picture says: metrics, log fields, times."""

import contextlib
import json
import re
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest
import yaml

from .picture import Picture
from .program import ROOT, Program, free_port, program, quiet_environ, until
from .shipped import DEPLOY
from .wire import chunks, send

MONITORING = DEPLOY / "monitoring"
METRIC = re.compile(r"\bfoundation_[a-z_]+")


def dashboard() -> list[dict]:
    text = (MONITORING / "grafana" / "foundation.json").read_text("utf-8")
    return [panel for panel in json.loads(text)["panels"] if panel["type"] != "row"]


def expressions(source: str) -> list[str]:
    """Return what the panels ask of *source*: metrics or logs."""
    return [
        target["expr"]
        for panel in dashboard()
        if panel["datasource"]["uid"] == f"${{{source}}}"
        for target in panel["targets"]
    ]


def rules() -> list[str]:
    text = yaml.safe_load((MONITORING / "foundation.rules.yml").read_text("utf-8"))
    return [rule["expr"] for group in text["groups"] for rule in group["rules"]]


@pytest.fixture(scope="module")
def scrape(picture: Picture) -> str:
    """A scrape of a picture in which something of everything has happened."""
    vera = picture.visitor("viewer")
    picture.visitor("admin")
    assert vera.get("/api/users").status == 403
    send(picture.ports.https, picture.context, "TRACE /api/health")
    send(
        picture.ports.https,
        picture.context,
        "POST /api/auth/login",
        f"Origin: {picture.url}",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
        body=chunks(1_500_000),
    )
    found: list[str] = []

    def whole() -> bool:
        found[:] = [picture.metrics()]
        return names() <= sampled(found[0])

    with contextlib.suppress(AssertionError):  # the test says which is missing
        until(whole, "every metric is there", within_s=180)
    return found[0]


def names() -> set[str]:
    return {name for one in expressions("metrics") + rules() for name in METRIC.findall(one)}


def sampled(text: str) -> set[str]:
    return {
        line.partition("{")[0].partition(" ")[0] for line in text.splitlines() if line[:1] != "#"
    }


def test_every_metric_of_dashboard_and_alerts_is_in_a_live_scrape(scrape: str) -> None:
    assert names() - sampled(scrape) == set()
    assert len(names()) > 20


def test_promtool_has_nothing_to_say_of_a_scrape(scrape: str) -> None:
    done = subprocess.run(
        [program("promtool"), "check", "metrics"],
        input=scrape,
        capture_output=True,
        text=True,
        check=False,
    )

    # It would have "_total" at no gauge and a help text everywhere; what it says here is a fault.
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert len(scrape.splitlines()) < 3_000


def test_the_labels_that_alerts_choose_by_are_there(scrape: str) -> None:
    for needed in (
        'foundation_db_pool_connections{state="used"}',
        'foundation_db_pool_connections{state="room"}',
        'foundation_worker_restarts_total{reason="crash"}',
        'foundation_plugin_state{plugin="projects",state="started"}',
        'foundation_runs_queue_depth{queue="default"}',
        'foundation_leader{role="sealer"}',
        'foundation_schema_info{owner="projects",revision="projects_',
        "foundation_sse_streams ",
    ):
        assert needed in scrape, needed


def test_every_field_that_is_shipped_or_shown_is_in_a_real_line(
    picture: Picture, scrape: str
) -> None:
    promtail = yaml.safe_load((MONITORING / "foundation.promtail.yml").read_text("utf-8"))
    stages = promtail["scrape_configs"][0]["pipeline_stages"]
    fields = set(next(one["json"] for one in stages if "json" in one)["expressions"].values())
    for asked in expressions("logs"):
        fields |= set(re.findall(r"[{|,]\s*(\w+)\s*=", asked))
    lines = picture.lines("api") + picture.lines("worker")
    seen = {name for line in lines for name, value in line.items() if value is not None}

    assert fields - seen == set()
    assert {"request_id", "trace_id", "span_id", "user_id", "plugin", "db_ms"} <= seen
    assert all(len(str(line["time"])) == 13 for line in lines)
    web = picture.lines("web")
    assert all({"level", "time", "service", "msg"} <= set(line) for line in web)


def test_a_line_of_the_api_is_never_torn_and_its_request_has_one(picture: Picture) -> None:
    text = picture.api.log.read_text("utf-8")
    whole = [line for line in text.splitlines() if line and not line.startswith("foundation:")]
    requests = [line for line in picture.lines() if line["msg"] == "request"]

    assert len(picture.lines()) >= len(whole) - 1
    # The gateway asks another worker once more, with the same id, when one goes away meanwhile.
    assert len({(line["request_id"], line["pid"]) for line in requests}) == len(requests)


def test_a_scrape_with_fifty_plugins_stays_within_the_budget_of_samples() -> None:
    """Its time is measured by the same file: ``python bench/scrape.py``."""
    said = subprocess.run(
        [sys.executable, ROOT / "bench" / "scrape.py"],
        capture_output=True,
        text=True,
        check=False,
        env=quiet_environ(),
    )

    found = re.match(r"50 plugins, 3 workers: (\d+) samples, budget (\d+)", said.stdout)
    assert found, said.stderr
    assert 1_500 < int(found[1]) < int(found[2])


@pytest.fixture(scope="module")
def prometheus(picture: Picture, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Prometheus on the shipped job and rules, of which only the target is replaced."""
    folder = tmp_path_factory.mktemp("prometheus")
    port = free_port()
    shutil.copy(MONITORING / "foundation.rules.yml", folder)
    text = (MONITORING / "prometheus.yml").read_text("utf-8")
    target = f"127.0.0.1:{picture.ports.api}"
    text = text.replace("localhost:3000", target).replace("interval: 15s", "interval: 5s")
    (folder / "prometheus.yml").write_text(text, "utf-8")
    words = [f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    words += [f"--web.listen-address=127.0.0.1:{port}", "--log.level=warn"]
    running = Program(
        [program("prometheus"), *words], quiet_environ(), folder / "prometheus.log", folder
    )
    running.start()
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        running.stop()


def asked(url: str, path: str, **words: str) -> dict:
    try:
        query = urllib.parse.urlencode(words)
        with urllib.request.urlopen(f"{url}/{path}?{query}", timeout=30) as answer:
            return json.load(answer)
    except OSError:
        return {}


def test_a_real_prometheus_scrapes_it_and_understands_every_question(
    picture: Picture, prometheus: str
) -> None:
    up = 'up{job="foundation"}'
    until(lambda: value(prometheus, up) == 1.0, "Prometheus has scraped it")

    for expression in expressions("metrics"):
        plain = expression.replace("$__rate_interval", "1m")
        assert asked(prometheus, "query", query=plain).get("status") == "success", plain
    groups = asked(prometheus, "rules")["data"]["groups"]
    assert len(groups[0]["rules"]) == len(rules())
    assert value(prometheus, "sum(foundation_workers_live)") == 3.0
    assert 100 < (value(prometheus, "scrape_samples_scraped") or 0) < 3_000


def value(url: str, query: str) -> float | None:
    answer = asked(url, "query", query=query)
    rows = answer.get("data", {}).get("result", [])
    return float(rows[0]["value"][1]) if rows else None
