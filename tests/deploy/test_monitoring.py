"""Alerts fire and stay silent as they should; dashboard and log shippers are whole and consistent."""

import json
import re

import pytest
import yaml

PAGES = {
    "FoundationDown",
    "FoundationErrorBudgetFastBurn",
    "FoundationVaultSealed",
    "FoundationBackupStale",
}


@pytest.fixture(scope="module")
def monitoring(deploy):
    return deploy / "monitoring"


@pytest.fixture(scope="module")
def alerts(monitoring) -> dict[str, dict]:
    rules = yaml.safe_load((monitoring / "foundation.rules.yml").read_text("utf-8"))
    return {rule["alert"]: rule for group in rules["groups"] for rule in group["rules"]}


@pytest.fixture(scope="module")
def panels(monitoring) -> list[dict]:
    return json.loads((monitoring / "grafana" / "foundation.json").read_text("utf-8"))["panels"]


def test_prometheus_takes_the_job_and_the_rules(tool, monitoring):
    assert "SUCCESS" in tool("promtool", "check", "config", monitoring / "prometheus.yml")


def test_each_alert_fires_on_its_fault_and_is_silent_on_the_usual(tool, monitoring, alerts):
    tests = monitoring / "foundation.rules.test.yml"
    names = {one["name"] for one in yaml.safe_load(tests.read_text("utf-8"))["tests"]}

    assert names == {f"{name} {what}" for name in alerts for what in ("fires", "is silent")}
    assert "SUCCESS" in tool("promtool", "test", "rules", tests)


def test_an_alert_says_how_grave_it_is_and_where_to_read_on(deploy, alerts):
    page = (deploy.parent / "docs" / "how-to" / "observe.md").read_text("utf-8")
    headings = {
        re.sub(r"[^a-z]", "", line.lower()) for line in page.splitlines() if line.startswith("### ")
    }

    for name, rule in alerts.items():
        assert rule["labels"]["severity"] == ("page" if name in PAGES else "ticket"), name
        place, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert place == "docs/how-to/observe.md"
        assert anchor == name.lower()
        assert anchor in headings, name


def test_the_dashboard_is_provisioned_fixed_and_laid_out_without_overlap(monitoring, panels):
    dashboard = json.loads((monitoring / "grafana" / "foundation.json").read_text("utf-8"))
    provider = yaml.safe_load((monitoring / "grafana" / "provisioning.yml").read_text("utf-8"))
    cells: set[tuple[int, int]] = set()

    assert dashboard["uid"] == "foundation"
    assert dashboard["editable"] is False
    assert provider["providers"][0]["allowUiUpdates"] is False
    assert len({panel["id"] for panel in panels}) == len(panels)
    for panel in panels:
        at = panel["gridPos"]
        own = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not own & cells, panel["title"]
        assert at["x"] + at["w"] <= 24
        cells |= own


def test_every_panel_asks_a_data_source_that_can_be_chosen(panels):
    for panel in panels:
        if panel["type"] != "row":
            assert panel["title"]
            assert panel["datasource"]["uid"] in {"${metrics}", "${logs}"}
            for target in panel["targets"]:
                assert target["datasource"] == panel["datasource"]


def test_both_shippers_read_the_same_fields_and_make_the_same_few_labels(monitoring):
    alloy = (monitoring / "foundation.alloy").read_text("utf-8")
    promtail = yaml.safe_load((monitoring / "foundation.promtail.yml").read_text("utf-8"))
    stages = {
        name: stage
        for one in promtail["scrape_configs"][0]["pipeline_stages"]
        for name, stage in one.items()
    }
    read = re.search(r"expressions = \{(.*?)\}", alloy, re.DOTALL)
    labels = re.search(r"stage\.labels \{\s*values = \{(.*?)\}", alloy, re.DOTALL)

    assert read
    assert labels
    assert dict(re.findall(r'(\w+)\s*= "(\w+)"', read[1])) == stages["json"]["expressions"]
    assert set(re.findall(r"(\w+)\s*=", labels[1])) == set(stages["labels"])
    assert set(stages["labels"]) == {"service", "level", "env"}
    assert alloy.count("{") == alloy.count("}")
