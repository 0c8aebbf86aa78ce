"""Does what docs/tutorial/first-plugin.md says, word for word, and looks at what comes of it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
import time
import urllib.request
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.e2e.visitor import Visitor
from tests.stack.program import free_port

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial" / "first-plugin.md").read_text("utf-8")
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WHERE = re.compile(
    r"`(?P<file>inventory/[^`]+)`,\s+(?P<how>below|instead\s+of)\s+`(?P<line>[^`]+)`:\s*$"
)
READY_S = 120


def _blocks() -> list[tuple[str, str, str]]:
    """Return kind, text and what stands before each block of the page."""
    found, end = [], 0
    for block in BLOCK.finditer(PAGE):
        found.append((block[1], block[2], PAGE[end : block.start()]))
        end = block.end()
    return found


COMMANDS = [line for kind, text, _ in _blocks() if kind == "sh" for line in text.splitlines()]
PYTHON = [line for kind, text, _ in _blocks() if kind == "python" for line in text.splitlines()]


@dataclass
class Desk:
    """A folder with an environment of its own in which somebody follows the page."""

    folder: Path
    port: int

    @property
    def environ(self) -> dict[str, str]:
        env = {name: value for name, value in os.environ.items() if "FOUNDATION" not in name}
        return env | {
            "PATH": f"{self.folder / 'env' / 'bin'}{os.pathsep}{env['PATH']}",
            "FOUNDATION_DATA": str(self.folder / "data"),
            "FOUNDATION_PORT": str(self.port),
            "FOUNDATION_WORKERS": "1",
            "FOUNDATION_WEB_ROOT": str(ROOT / "web" / "dist"),
            # Tests have no network: what a wheel is built with is here already.
            "PIP_NO_INDEX": "1",
            "PIP_NO_DEPS": "1",
            "PIP_NO_BUILD_ISOLATION": "0",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def make(self) -> None:
        """Make an environment that has all of ours, and three commands."""
        env = self.folder / "env"
        venv.create(env, with_pip=False, symlinks=True)
        site = env / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
        ours = sysconfig.get_path("purelib")
        (site / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n")
        for name, main in (
            ("pip", "pip._internal.cli.main:main"),
            ("pytest", "pytest:console_main"),
            ("foundation", "foundation.cli.main:main"),
        ):
            module, _, function = main.partition(":")
            script = env / "bin" / name
            script.write_text(
                f"#!{env / 'bin' / 'python'}\nimport sys\nfrom {module} import {function}\n"
                f"sys.exit({function}())\n"
            )
            script.chmod(0o755)

    def run(self, command: str) -> None:
        done = subprocess.run(
            command.split(),
            cwd=self.folder,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"

    def edit(self, before: str, text: str) -> None:
        """Put *text* where the sentence before it says."""
        where = WHERE.search(before.rstrip() + "\n")
        assert where, before[-200:]
        (file,) = self.folder.glob(where["file"])
        lines = file.read_text("utf-8").splitlines()
        assert lines.count(where["line"]) == 1, (where["file"], where["line"])
        at = lines.index(where["line"])
        kept = lines[: at + 1] if where["how"] == "below" else lines[:at]
        file.write_text("\n".join([*kept, *text.splitlines(), *lines[at + 1 :], ""]), "utf-8")

    def serve(self, command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "output.log").open("wb") as output:
            process = subprocess.Popen(
                command.split(), cwd=self.folder, env=self.environ, stdout=output, stderr=output
            )
        ends = time.monotonic() + READY_S
        while not self._is_ready():
            told = (self.folder / "output.log").read_text("utf-8")
            assert process.poll() is None, told
            assert time.monotonic() < ends, told
            time.sleep(0.1)
        return process

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/readyz", timeout=2):
                return True
        except OSError:
            return False


@pytest.fixture
def desk():
    # Not pytest's own folder: it is closed to the user that runs the database when we are root.
    folder = Path(tempfile.mkdtemp(prefix="foundation-tutorial-"))
    folder.chmod(0o755)
    made = Desk(folder, free_port())
    made.make()
    yield made
    shutil.rmtree(folder, ignore_errors=True)


def test_it_takes_at_most_five_commands_and_sixty_lines_of_python_and_no_javascript():
    assert len(COMMANDS) <= 5
    assert len([line for line in PYTHON if line.strip()]) <= 60
    assert {kind for kind, _, _ in _blocks()} == {"sh", "python"}


def test_whoever_follows_the_page_has_a_section_that_works(desk):
    *before, last = COMMANDS
    for kind, text, words in _blocks():
        if kind == "python":
            desk.edit(words, text)
            continue
        for command in text.splitlines():
            if command in before:
                desk.run(command)
    process = desk.serve(last)
    try:
        _use(Visitor(f"http://localhost:{desk.port}"))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _use(ada: Visitor) -> None:
    ada.sign_in("operator")
    sections = {one["id"]: one for one in ada.get("/api/shell").json["sections"]}
    page = sections["inventory"]["ui"]["resource"]
    assert "quantity" in page["create"]["schema"]["properties"]
    assert [column["field"] for column in page["columns"][:3]] == ["name", "quantity", "place"]

    added = ada.post("/api/inventory", {"name": "Cable", "quantity": 1, "place": "Shelf 2"})
    assert added.status == 201
    taken = ada.post(f"/api/inventory/{added.json['id']}/take", {})
    assert (taken.status, taken.json["quantity"]) == (200, 0)
    assert ada.post(f"/api/inventory/{added.json['id']}/take", {}).status == 404
    assert [one["place"] for one in ada.get("/api/inventory").json["items"]] == ["Shelf 2"]

    told = Visitor(ada.url)
    told.sign_in("admin")
    types = [one["type"] for one in told.get("/api/audit?type=inventory").json["items"]]
    assert types == ["inventory.item.taken", "inventory.item.added"]
    viewer = Visitor(ada.url)
    viewer.sign_in("viewer")
    assert viewer.post("/api/inventory", {"name": "Mine"}).status == 403
