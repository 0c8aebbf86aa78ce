"""The images: built in stages, from locked versions, run by nobody with rights, without tools."""

import re
import subprocess
from pathlib import Path

import pytest

from foundation.backup.programs import find_programs
from foundation.db.embedded.binaries import MAJOR, wheel_folder


@pytest.fixture(scope="module")
def stages(deploy) -> dict[str, str]:
    """Each stage of the Dockerfile by its name."""
    text = (deploy / "Dockerfile").read_text("utf-8")
    parts = re.split(r"^FROM (\S+) AS (\w+)\n", text, flags=re.MULTILINE)[1:]
    return {
        name: f"FROM {image}\n{body}" for image, name, body in zip(*[iter(parts)] * 3, strict=True)
    }


def test_hadolint_has_nothing_to_say(tool):
    assert tool("hadolint", "--failure-threshold", "info", "Dockerfile") == ""


def test_every_base_has_a_version(stages):
    for name, body in stages.items():
        base = body.split()[1]
        assert base in stages or re.match(r"[a-z]+:\d+(\.\d+)*-[a-z]", base), name


IMAGES = [("api", "10001:10001"), ("backup", "10001:10001"), ("web", "101:101")]


@pytest.mark.parametrize(("image", "user"), IMAGES)
def test_what_runs_is_nobody_and_has_no_tools(stages, image, user):
    body = stages[image]

    assert re.findall(r"^USER (.+)$", body, re.MULTILINE)[-1] == user
    assert not re.search(r"pip install|npm (ci|install)|apt-get|gcc|build-essential", body)
    assert "secret" not in body.lower()
    if image == "api":
        assert "pip uninstall --yes pip" in body
        assert "pip uninstall --yes pip" in stages["packages"]


def test_what_is_installed_is_locked_with_hashes(stages):
    body = stages["packages"]

    for line in re.findall(r"pip install (.+?)(?: \\|$)", body, re.MULTILINE):
        locked = "--require-hashes" in line or "--no-index" in line
        assert locked or "deploy/plugins.txt" in line, line
    assert "npm ci" in stages["pages"]


def test_what_is_installed_is_compiled_for_an_image_that_keeps_no_bytecode(stages):
    assert "PYTHONDONTWRITEBYTECODE=1" in stages["api"]
    assert not re.search(r"--no-compile|PYTHONDONTWRITEBYTECODE", stages["packages"])


def test_each_file_that_is_copied_exists_and_reaches_the_build(stages, deploy):
    root = deploy.parent
    ignored = (deploy / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    let_in = [line[1:] for line in ignored if line.startswith("!")]
    for body in stages.values():
        for line in re.findall(r"^COPY (?!--from)(.+)$", body, re.MULTILINE):
            sources = [word for word in line.split()[:-1] if not word.startswith("--")]
            for source in sources:
                name = source.rstrip("/")
                assert (root / name).exists(), name
                parts = {p.split("*")[0].rstrip("/") for p in let_in}
                assert any(name == part or name.startswith(f"{part}/") for part in parts), name


def test_no_data_and_no_secret_reach_the_build(deploy):
    lines = (deploy / "Dockerfile.dockerignore").read_text("utf-8").splitlines()

    assert lines[1] == "*"
    assert not any("secret" in line for line in lines if line.startswith("!"))
    assert "!deploy" not in lines


def test_the_scripts_are_clean(tool):
    assert tool("shellcheck", "secrets.sh", "programs.sh", "nginx/start.sh") == ""


def test_what_copies_a_database_runs_without_the_server_it_came_with(deploy, stages, tmp_path):
    site, kept = Path(wheel_folder()).parent, tmp_path / "postgresql"
    subprocess.run(["sh", deploy / "programs.sh", site, kept], check=True)

    assert "sh deploy/programs.sh" in stages["packages"]
    assert "/opt/postgresql/bin:$PATH" in stages["backup"]
    found = find_programs(MAJOR, places=[kept / "bin"])
    assert found.folder == kept / "bin"
    assert {file.name for file in (kept / "bin").iterdir()} == {"pg_dump", "pg_restore"}
