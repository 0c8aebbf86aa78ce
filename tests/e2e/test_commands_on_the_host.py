"""Commands of the host on the data folder of a running `foundation dev`, with nothing else set."""

import os
import subprocess

import pytest

from .foundation_process import FOUNDATION, FoundationProcess
from .visitor import Visitor


@pytest.fixture
def run(foundation: FoundationProcess):
    """Run a command as somebody would who only knows the data folder."""
    environ = {name: value for name, value in os.environ.items() if "FOUNDATION" not in name}
    own = {name: foundation.environ[name] for name in ("FOUNDATION_DATA", "FOUNDATION_PORT")}

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [FOUNDATION, *words],
            env=environ | own,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return command


def test_the_doctor_and_a_session_of_the_host_find_everything(foundation, run) -> None:
    ada = Visitor(foundation.url)
    ada.sign_in("admin")
    id = ada.get("/api/auth/me").json["id"]

    looked, minted = run("doctor"), run("session", "mint", id, "--ttl", "5m")
    refused = run("admin", "bootstrap")

    assert "describes itself as it should" in looked.stdout, looked.stderr
    assert "up to date" in looked.stdout
    assert (minted.returncode, refused.returncode) == (0, 1), minted.stderr + refused.stderr
    name, _, value = minted.stdout.strip().partition("=")
    host = Visitor(foundation.url)
    host.cookies[name] = value
    assert host.get("/api/auth/me").json["id"] == id
    assert "there is an admin already" in refused.stderr
