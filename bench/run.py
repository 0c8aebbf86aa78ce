"""Measures a Foundation on this machine: time to ready, memory, requests a second, the vault.

Run by `make bench`. The numbers are for comparing two states of the code on one machine.
"""

import contextlib
import http.client
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

COMMAND = Path(sys.executable).parent / "foundation"
CALLERS, SECONDS = 8, 5


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Tell whether *path* answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def started(data: str, port: int) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """Run Foundation on *data* until the block ends; gives the process and the time to ready."""
    began = time.monotonic()
    process = subprocess.Popen(
        [COMMAND, "dev", "--port", str(port), "--data", data],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(port, "/readyz"):
            if process.poll() is not None or time.monotonic() - began > 60:
                raise SystemExit("bench: Foundation did not become ready; try `foundation dev`")
            time.sleep(0.05)
        yield process, time.monotonic() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def memory(process: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Return the number of Python processes and their unshared memory in MB."""
    top = psutil.Process(process.pid)
    family = [one for one in [top, *top.children(recursive=True)] if "python" in one.name()]
    return len(family), sum(one.memory_full_info().pss for one in family) // 1_000_000


def requests(port: int, path: str) -> float:
    """Return how many requests a second are answered to some callers at once."""
    counts = [0] * CALLERS
    end = time.monotonic() + SECONDS

    def call(number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        while time.monotonic() < end:
            connection.request("GET", path)
            connection.getresponse().read()
            counts[number] += 1
        connection.close()

    callers = [threading.Thread(target=call, args=(number,)) for number in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return sum(counts) / SECONDS


def main() -> None:
    """Start twice on the same data, measure, and print a line for each figure."""
    with tempfile.TemporaryDirectory(prefix="foundation-bench-") as folder:
        Path(folder).chmod(0o755)  # the user that runs PostgreSQL when we are root passes through
        data, port = f"{folder}/data", free_port()
        with started(data, port) as (_, first):
            print(f"first start, with a new database   {first:6.2f} s")
        with started(data, port) as (process, again):
            print(f"every later start                  {again:6.2f} s")
            time.sleep(2)
            count, used = memory(process)
            print(f"memory of {count} Python processes      {used:6d} MB")
            print(
                f"GET /api/health                    {requests(port, '/api/health'):6.0f} a second",
                flush=True,
            )
    vault = [sys.executable, str(Path(__file__).with_name("vault.py"))]
    raise SystemExit(subprocess.run(vault, check=False).returncode)


if __name__ == "__main__":
    main()
