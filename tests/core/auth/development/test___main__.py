"""The process: it serves until it is told to stop, and refuses what is not for development."""

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

from foundation.auth.development.__main__ import main

from ....stack.program import free_port


def test_a_public_url_on_the_internet_is_one_clear_line(capsys) -> None:
    assert main(["--port", "0", "--public-url", "https://ops.example.org"]) == 2
    assert capsys.readouterr().err == (
        "development sign-in: it is for a public URL on loopback only\n"
    )


def test_a_taken_port_is_one_clear_line(capsys) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert main(["--port", port, "--public-url", "http://localhost:3000"]) == 2
    assert "Address already in use" in capsys.readouterr().err


def test_it_serves_and_ends_on_an_interrupt() -> None:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "foundation.auth.development", "--port", str(port),
         "--public-url", "http://localhost:3000"],
    )  # fmt: skip
    try:
        assert b"issuer" in _when_up(f"http://127.0.0.1:{port}/.well-known/openid-configuration")
    finally:
        process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0


def _when_up(url: str) -> bytes:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=60) as response:
                return response.read()
        except OSError:
            time.sleep(0.05)
    raise AssertionError("it did not come up")
