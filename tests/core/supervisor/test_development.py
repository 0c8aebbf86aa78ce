"""``foundation dev`` as a newcomer meets it: real PostgreSQL, real sign-in, real reload."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from ...stack.program import free_port

PATIENT = Path(__file__).parents[2] / "e2e" / "patient_dev.py"


def until(true, *, within=400.0):
    end = time.monotonic() + within
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def tree(pid):
    """Return the processes below *pid*, of any depth."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [below for child in map(int, children) for below in (child, *tree(child))]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


class Dev:
    def __init__(self, folder):
        self.folder, self.port = folder, free_port()
        self.out = folder / "out"
        self.process = None

    def start(self, *command, **settings):
        environ = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith("FOUNDATION_") and k not in {"DATABASE_URL", "REDIS_URL"}
        }
        environ |= {
            "FOUNDATION_PORT": str(self.port),
            "FOUNDATION_DATA": str(self.folder / "data"),
            "FOUNDATION_PLUGINS_SAFE": "true",
            **settings,
        }
        with self.out.open("wb") as out:
            usual = ("-m", "foundation.supervisor", "dev")
            self.process = subprocess.Popen(
                [sys.executable, *(command or usual)],
                env=environ,
                stdout=out,
                stderr=out,
                process_group=0,
            )
        return self

    def ready(self, **settings):
        self.start(PATIENT, **settings)
        assert until(lambda: "Foundation runs at" in self.said or self.process.poll() is not None)
        assert self.process.poll() is None, self.said
        return self

    @property
    def said(self):
        return self.out.read_text()

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(120)


@pytest.fixture
def dev():
    # Root lends PostgreSQL a user of its own, who may not enter pytest's private folders.
    folder = Path(tempfile.mkdtemp(prefix="foundation-dev-"))
    folder.chmod(0o755)
    made = Dev(folder)
    yield made
    if made.process is not None and made.process.poll() is None:
        below = tree(made.process.pid)
        made.process.kill()
        made.process.wait()
        until(lambda: not any(map(is_running, below)))
    shutil.rmtree(folder, ignore_errors=True)


def test_everything_runs_from_nothing_and_stops_without_a_trace(dev):
    dev.ready()
    # Each part is looked at every few seconds; on a busy machine the first look may be too late.
    assert until(lambda: dev.get("/readyz")[0] == 200), dev.get("/readyz")
    issuer = (dev.folder / "data" / "sign-in.port").read_text().strip()
    document = f"http://127.0.0.1:{issuer}/.well-known/openid-configuration"
    with urllib.request.urlopen(document, timeout=60) as answer:
        provider = json.load(answer)
    below = tree(dev.process.pid)
    code = dev.interrupt()

    assert provider["issuer"] == f"http://127.0.0.1:{issuer}"
    assert f"Foundation runs at http://localhost:{dev.port}" in dev.said
    assert all(name in dev.said for name in ("Ada Admin", "Oscar Operator", "Vera Viewer"))
    assert code == 0
    assert len(below) >= 4
    assert until(lambda: not any(map(is_running, below)))


def test_data_and_addresses_are_kept_from_one_start_to_the_next(dev):
    dev.ready().interrupt()
    kept = {
        name: (dev.folder / "data" / name).read_bytes()
        for name in ("secret.key", "keyring", "sign-in.port")
    }
    dev.ready()
    log = (dev.folder / "data" / "pg").glob("*.log")

    assert kept == {name: (dev.folder / "data" / name).read_bytes() for name in kept}
    assert not any("recovery" in path.read_text() for path in log)
    assert dev.interrupt() == 0


def test_nothing_is_left_when_it_is_killed(dev):
    dev.ready()
    below = tree(dev.process.pid)
    dev.process.kill()
    dev.process.wait()

    assert until(lambda: not any(map(is_running, below)))


def test_a_database_that_is_named_is_used_instead_of_the_embedded_one(dev):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"postgresql://u:canary@127.0.0.1:{unused.getsockname()[1]}/x"
        dev.start(FOUNDATION_DATABASE_URL=url)

        assert dev.process.wait(120) == 3
    assert "does not answer (Connection refused)" in dev.said
    assert not (dev.folder / "data" / "pg").exists()
    assert "canary" not in dev.said


def test_a_taken_port_is_one_clear_line_and_nothing_is_started(dev):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", dev.port))
        taken.listen()
        dev.start()

        assert dev.process.wait(120) == 6
    assert dev.said.startswith(f"foundation: port {dev.port} on 127.0.0.1 cannot be used")
    assert len(dev.said.splitlines()) == 1
    assert not (dev.folder / "data" / "pg").exists()


def test_a_public_url_that_is_not_loopback_is_refused(dev):
    dev.start(FOUNDATION_PUBLIC_URL="https://ops.example.org")

    assert dev.process.wait(120) == 2
    assert "not loopback" in dev.said
