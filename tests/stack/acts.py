"""What people do on the picture, and how a part of it is made to stand still."""

import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from foundation import ids

from ..e2e.visitor import Answer, Visitor
from .picture import Picture
from .program import until


def create(visitor: Visitor, slug: str) -> Answer:
    """Create a project."""
    body = {"slug": slug, "name": slug}
    return visitor.post("/api/projects", body, Idempotency_Key=str(ids.uuid7()))


def slug() -> str:
    """Return a slug that nothing has."""
    return f"failure-{ids.uuid7()}"[:40]


def works(visitor: Visitor) -> bool:
    """Whether the api answers somebody who is signed in, again and again."""
    return all(visitor.get("/api/auth/me").status == 200 for _ in range(9))


def each_worker_answers(picture: Picture, visitor: Visitor, path: str = "/api/auth/me") -> set[int]:
    """Ask, past the gateway, until every worker has answered; return the statuses of all answers.

    The gateway keeps its connections, and so meets one worker for a long time.
    """
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    asked: set[str] = set()
    statuses: set[int] = set()

    def each() -> bool:
        for _ in range(6):
            request = urllib.request.Request(picture.inside(path))
            request.add_header("Cookie", cookie)
            try:
                with urllib.request.urlopen(request, timeout=visitor.patience_s) as answer:
                    statuses.add(answer.status)
                    asked.add(answer.headers["X-Request-Id"])
            except urllib.error.HTTPError as refused:
                statuses.add(refused.code)
                asked.add(refused.headers["X-Request-Id"])
                refused.close()
        lines = (line for line in picture.lines() if line.get("request_id") in asked)
        return {line["pid"] for line in lines} >= set(picture.workers())

    until(each, f"every worker has answered {path}")
    return statuses


def well(picture: Picture, visitor: Visitor) -> bool:
    """Whether each worker says that it is; it looks at its parts every few seconds."""
    return each_worker_answers(picture, visitor, "/api/health") == {200}


@contextmanager
def stopped(processes: list[int]) -> Iterator[None]:
    """Let processes stand still, as on a machine that swaps or a disk that hangs.

    One that has already ended is passed over: its parent, awake again first, takes it away.
    """
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in processes:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)
