"""The file `compose.yaml` keeps the picture's caps, closes every container, and holds no secret."""

import json
import re
import shutil

import pytest

PICTURE = {
    "caddy": ("128m", 0.5),
    "web": ("80m", 0.5),
    "api": ("1536m", 3.0),
    "db": ("512m", 1.0),
}
"""What the design promises of a machine with 4 processors and 4 GB."""

NOT_SECRET = re.compile(r"_FILE$|^FOUNDATION_(HOST|RUNS|TRUSTED_PROXIES)$|^(CADDY|XDG)_|^POSTGRES_")


@pytest.fixture(scope="session")
def compose(tool, deploy, tmp_path_factory) -> dict:
    """The file as compose itself understands it, with every profile."""
    folder = tmp_path_factory.mktemp("compose")
    shutil.copytree(deploy, folder, dirs_exist_ok=True)
    shutil.copy(folder / "env.example", folder / "foundation.env")
    files = ("-f", folder / "compose.yaml", "-f", folder / "compose.monitoring.yaml")
    said = tool("docker-compose", "--profile", "*", *files, "config", "--format", "json")
    return json.loads(said)


def size(text: str) -> int:
    return int(text.removesuffix("m")) * 1024 * 1024


def test_each_part_has_the_cap_of_the_picture(compose):
    services = compose["services"]

    for name, (memory, processors) in PICTURE.items():
        assert int(services[name]["mem_limit"]) == size(memory), name
        assert services[name]["cpus"] == processors, name


def test_all_of_it_leaves_room_on_a_machine_with_4_gb(compose):
    lasting = {name: one for name, one in compose["services"].items() if name != "migrate"}
    total = sum(int(one["mem_limit"]) for one in lasting.values())

    assert total < 3 * 1024**3


def test_every_container_is_closed(compose):
    for name, one in compose["services"].items():
        assert one["read_only"] is True, name
        assert one["cap_drop"] == ["ALL"], name
        assert one["security_opt"] == ["no-new-privileges:true"], name
        assert one["user"].split(":")[0] not in {"0", "root"}, name
        assert one["pids_limit"] <= 256, name
        assert one["logging"]["options"]["mode"] == "non-blocking", name
        assert one["restart"] == ("no" if name == "migrate" else "unless-stopped"), name
        assert "privileged" not in one, name
        assert set(one.get("cap_add", [])) <= {"NET_BIND_SERVICE"}, name


def test_an_image_has_a_version_and_none_is_called_latest_but_our_own(compose):
    images = {one["image"] for one in compose["services"].values()}
    foreign = {image for image in images if not image.startswith("foundation-")}

    assert all(re.search(r":\d[\w.-]*$", image) for image in foreign), foreign
    assert {image.split(":")[0] for image in images - foreign} == {
        "foundation-api",
        "foundation-backup",
        "foundation-web",
    }


def test_no_secret_is_in_an_environment_and_each_is_a_file_of_the_folder(compose, deploy):
    told = {
        name: value
        for one in compose["services"].values()
        for name, value in one.get("environment", {}).items()
    }
    odd = [n for n in told if re.search("SECRET|PASSWORD|KEY|TOKEN|_URL", n)]
    files = {one["file"] for one in compose["secrets"].values()}

    assert [name for name in odd if not name.endswith("_FILE")] == ["FOUNDATION_PUBLIC_URL"]
    assert all("/secrets/" in file for file in files)
    for name, value in told.items():
        if name.endswith("_FILE"):
            assert value.removeprefix("/run/secrets/") in compose["secrets"], name
    assert "secrets/" in (deploy.parent / ".gitignore").read_text("utf-8")


def test_only_the_gateway_is_reached_from_outside(compose):
    published = {
        name: {(port.get("host_ip", ""), port["published"]) for port in one["ports"]}
        for name, one in compose["services"].items()
        if one.get("ports")
    }

    assert published == {
        "caddy": {("", "80"), ("", "443")},
        "api": {("127.0.0.1", "3000")},
    }
    assert compose["networks"]["back"]["internal"] is True
    assert set(compose["services"]["db"]["networks"]) == {"back"}


def test_the_tables_come_before_the_server_and_a_stop_has_its_time(compose):
    services = compose["services"]

    for name in ("api", "worker"):
        wanted = services[name]["depends_on"]["migrate"]["condition"]
        assert wanted == "service_completed_successfully"
        assert services[name]["stop_grace_period"] == "40s"
    assert services["migrate"]["command"] == ["db", "upgrade"]
    assert services["migrate"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["db"]["stop_signal"] == "SIGINT"
    assert services["db"]["stop_grace_period"] == "1m0s"
    assert services["db"]["volumes"][0]["target"] == "/var/lib/postgresql"


def test_backups_are_made_by_themselves_with_what_a_drill_needs_and_no_more(compose, deploy):
    backup = compose["services"]["backup"]
    text = (deploy / "Dockerfile").read_text("utf-8")
    (kept,) = backup["volumes"]

    assert backup["command"] == ["backup", "watch", "--to", kept["target"]]
    assert f"install -d -o 10001 -g 10001 -m 0700 {kept['target']}" in text  # or it is root's
    assert {one["source"] for one in backup["secrets"]} == {
        "database-url",
        "secret-key",
        "keyring",
        "audit-mac-key",
        "audit-signing-key",
    }
    assert set(backup["networks"]) == {"back"}
    assert int(backup["mem_limit"]) == size("256m")
    wanted = backup["depends_on"]["migrate"]["condition"]
    assert wanted == "service_completed_successfully"
    others = (one for name, one in compose["services"].items() if name != "backup")
    volumes = [v["source"] for one in others for v in one.get("volumes", [])]
    assert kept["source"] not in volumes  # whoever breaks into the server cannot delete them


def test_the_api_trusts_the_gateway_alone(compose):
    caddy = compose["services"]["caddy"]["networks"]["front"]["ipv4_address"]

    for name in ("api", "worker"):
        environment = compose["services"][name]["environment"]
        assert environment["FOUNDATION_TRUSTED_PROXIES"] == f"{caddy}/32"
        assert environment["FOUNDATION_RUNS"] == "off"


def test_the_yaml_is_tidy(tool):
    rules = "{extends: default, rules: {document-start: disable, line-length: {max: 110}, "
    rules += "comments: {min-spaces-from-content: 1}, braces: {max-spaces-inside: 1}}}"

    assert tool("yamllint", "--strict", "-d", rules, ".") == ""
