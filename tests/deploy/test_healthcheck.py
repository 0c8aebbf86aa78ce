"""The container's health check asks the server beside it, and loads nothing of Foundation."""

import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


class Alive(BaseHTTPRequestHandler):
    """Answers as the server under test is told to."""

    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.mark.parametrize(("status", "code"), [(200, 0), (503, 1), (None, 1)])
def test_the_exit_code_says_whether_it_lives(deploy, status, code):
    Alive.status = status or 200
    server = HTTPServer(("127.0.0.1", 0), Alive)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    if status is None:
        server.shutdown()
        server.server_close()

    command = [sys.executable, "-I", deploy / "healthcheck.py", str(server.server_port)]
    done = subprocess.run(command, check=False, timeout=60)

    assert done.returncode == code
    if status is not None:
        server.shutdown()
        server.server_close()


def test_it_imports_the_standard_library_alone(deploy):
    text = (deploy / "healthcheck.py").read_text("utf-8")

    assert "foundation" not in text.lower()
