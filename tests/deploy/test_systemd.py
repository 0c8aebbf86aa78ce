"""The units of a host without containers: systemd takes them, they are as closed as a container."""

import configparser
import re

import pytest
import yaml

UNITS = {"foundation.service": "api", "foundation-backup@.service": "backup"}
"""Each unit, and the service of compose whose caps and secrets it has."""


@pytest.fixture(params=UNITS)
def unit(request, deploy):
    return deploy / "systemd" / request.param


def test_systemd_takes_them(tool, deploy, tmp_path):
    for file in (deploy / "systemd").iterdir():
        text = file.read_text("utf-8").replace("/opt/foundation/bin/foundation", "/bin/true")
        (tmp_path / file.name).write_text(text)
    shown = [tmp_path / "foundation.service", *tmp_path.glob("*.timer")]
    shown += [tmp_path / f"foundation-backup@{what}.service" for what in ("make", "drill")]

    assert tool("systemd-analyze", "verify", "--man=no", *shown) == ""


def test_systemd_calls_it_safe(tool, unit):
    said = tool(
        *("systemd-analyze", "security", "--offline=yes", "--no-pager", f"systemd/{unit.name}")
    )
    level = re.search(r"exposure level for \S+: ([\d.]+)", said)

    assert level
    assert float(level[1]) < 2.5


def test_it_has_the_caps_and_the_secrets_of_the_container(deploy, unit):
    text = unit.read_text("utf-8")
    services = yaml.safe_load((deploy / "compose.yaml").read_text("utf-8"))["services"]
    container = services[UNITS[unit.name]]

    assert f"MemoryMax={container['mem_limit'].upper()}\n" in text
    assert f"CPUQuota={int(container['cpus'] * 100)}%\n" in text
    assert f"TasksMax={container['pids_limit']}\n" in text
    for name in container["secrets"]:
        assert f"LoadCredential={name}:/etc/foundation/secrets/{name}" in text
    for name, value in container["environment"].items():
        if name.endswith("_FILE"):
            assert f"Environment={name}=%d/{value.rpartition('/')[2]}" in text
    assert text.count("LoadCredential=") == len(container["secrets"])


def test_a_stop_of_the_server_has_its_time(deploy):
    text = (deploy / "systemd" / "foundation.service").read_text("utf-8")

    assert "TimeoutStopSec=40\n" in text


def test_each_timer_starts_what_the_command_can_do_and_makes_up_for_what_was_missed(deploy):
    started = {}
    for file in (deploy / "systemd").glob("*.timer"):
        timer = configparser.RawConfigParser()
        timer.read_string(file.read_text("utf-8"))
        assert timer["Timer"]["persistent"] == "yes"
        assert timer["Install"]["wantedby"] == "timers.target"
        started[timer["Timer"]["unit"]] = timer["Timer"]["oncalendar"]

    assert started == {
        "foundation-backup@make.service": "*-*-* 02:00:00",
        "foundation-backup@drill.service": "Sun *-*-* 04:00:00",
    }
    service = (deploy / "systemd" / "foundation-backup@.service").read_text("utf-8")
    assert "foundation backup %i --to /var/lib/foundation-backups\n" in service
