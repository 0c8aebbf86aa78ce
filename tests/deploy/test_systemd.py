"""The unit of a host without containers: systemd takes it, and it is as closed as a container."""

import configparser
import re

import yaml


def test_systemd_takes_it(tool, deploy, tmp_path):
    text = (deploy / "systemd" / "foundation.service").read_text("utf-8")
    unit = tmp_path / "foundation.service"
    unit.write_text(text.replace("/opt/foundation/bin/foundation", "/bin/true"))

    assert tool("systemd-analyze", "verify", "--man=no", unit) == ""


def test_systemd_calls_it_safe(tool):
    unit = "systemd/foundation.service"
    said = tool("systemd-analyze", "security", "--offline=yes", "--no-pager", unit)
    level = re.search(r"exposure level for foundation.service: ([\d.]+)", said)

    assert level
    assert float(level[1]) < 2.5


def test_it_has_the_caps_the_times_and_the_secrets_of_the_container(deploy):
    unit = configparser.RawConfigParser(strict=False)
    unit.read_string((deploy / "systemd" / "foundation.service").read_text("utf-8"))
    service = unit["Service"]
    text = (deploy / "systemd" / "foundation.service").read_text("utf-8")
    api = yaml.safe_load((deploy / "compose.yaml").read_text("utf-8"))["services"]["api"]

    assert service["memorymax"] == "1536M"
    assert service["cpuquota"] == "300%"
    assert service["timeoutstopsec"] == "40"
    for name in api["secrets"]:
        assert f"LoadCredential={name}:/etc/foundation/secrets/{name}" in text
    for name, value in api["environment"].items():
        if name.endswith("_FILE"):
            assert f"Environment={name}=%d/{value.rpartition('/')[2]}" in text
