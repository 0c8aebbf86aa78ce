"""One side of `bench/cost.py`: a Foundation whose application is called without a server.

It is started there, with the checkout that is measured on its path; `bench` itself is not.
"""

import asyncio
import cProfile
import gc
import itertools
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvloop

from foundation.app import running
from foundation.asgi.edge import Edge
from foundation.asgi.gate import Gate
from foundation.asgi.probes import Probes
from foundation.clock import SystemClock
from foundation.secret import Secret
from foundation.settings import Settings, read_settings
from foundation.telemetry import metrics
from foundation.telemetry.logging import configure, logger
from foundation.telemetry.scrape import Scrape

LANES = 5
"""Requests under way at once: as many as the pool keeps connections."""

NUMBERS = itertools.count(time.time_ns())


def scope_of(asked: str, cookie: str) -> tuple[dict[str, Any], bytes]:
    """Return the ASGI scope of one request of the kind *asked*, and its body."""
    path = "/api/auth/me" if asked == "me" else "/api/projects"
    headers = [("host", "localhost:3000"), ("connection", "keep-alive"), ("cookie", cookie)]
    body = b""
    if asked == "create":
        n = next(NUMBERS)
        body = json.dumps({"name": f"Project {n}", "slug": f"project-{n}"}).encode()
        headers += [("origin", "http://localhost:3000"), ("content-type", "application/json")]
        headers += [("content-length", str(len(body)))]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "POST" if asked == "create" else "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"limit=20&sort=-created_at" if asked == "list" else b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 3000),
    }
    return scope, body


async def ask(app: Callable[..., Any], asked: str, cookie: str) -> bytes:
    """Send one request, and return its body; anything but success ends the measurement."""
    scope, body = scope_of(asked, cookie)
    said: list[Any] = []
    sent = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        return sent.pop() if sent else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        said.append(message)

    await app(scope, receive, send)
    answer = b"".join(message.get("body", b"") for message in said)
    if said[0]["status"] not in {200, 201}:
        raise SystemExit(f"cost: {asked} was answered with {said[0]['status']}: {answer[:300]!r}")
    return answer


async def _lane(app: Callable[..., Any], asked: str, cookie: str, count: int) -> None:
    for _ in range(count):
        await ask(app, asked, cookie)


async def serve(environ: dict[str, str], *, cookie: str, out: int) -> None:
    """Answer each line, a kind of request and how many, with the microseconds of one."""
    async with running(read_settings(environ), clock=SystemClock(), environ=environ) as app:
        draining = asyncio.Event()
        probes = Probes(
            readiness=app.readiness,
            lag=lambda: 0.0,
            draining=draining.is_set,
            scrape=Scrape(),
            token=None,
        )
        edge = Edge(app.asgi, probes=probes, gate=Gate(), log=logger(), is_https=False)
        for beside in asyncio.all_tasks() - {asyncio.current_task()}:
            beside.cancel()  # what is done every few seconds is no part of a request
        gc.freeze()  # as a worker does
        while line := await asyncio.to_thread(sys.stdin.readline):
            told = await _measured(edge, *json.loads(line), cookie=cookie)
            os.write(out, json.dumps(told).encode() + b"\n")


async def _measured(
    edge: Edge, asked: str, count: int, profile: str, *, cookie: str
) -> tuple[float, str]:
    """Return the microseconds of one request, and an answer; *profile* names a file, or none."""
    answer = await ask(edge, asked, cookie)
    profiler = cProfile.Profile(time.process_time)
    if profile:
        profiler.enable()
    began = time.process_time()
    async with asyncio.TaskGroup() as lanes:
        for _ in range(LANES):
            lanes.create_task(_lane(edge, asked, cookie, count // LANES))
    spent = time.process_time() - began
    if profile:
        profiler.disable()
        profiler.dump_stats(profile)
    return spent / (count // LANES * LANES) * 1e6, answer.decode()


def main() -> None:
    """Serve, with logs and metrics as a worker has them; the first line says what and where."""
    told = json.loads(sys.stdin.readline())
    settings, folder = read_settings(told["environ"]), Path(told["folder"])
    given = (getattr(settings, name) for name in Settings.model_fields)
    secrets = [value for value in given if isinstance(value, Secret)]
    configure(secrets=secrets, slot=0, lock=folder / "log.lock")
    metrics.install(folder, slot=0)
    uvloop.run(serve(told["environ"], cookie=told["cookie"], out=told["out"]))


if __name__ == "__main__":
    main()
