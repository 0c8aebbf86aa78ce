"""People at work: each keeps a connection, reads and writes, and notes what was not answered."""

import http.client
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from foundation import ids

from ..e2e.visitor import Visitor
from .picture import Picture
from .program import PATIENCE_S

PEOPLE = 6
LEAST = int(os.environ.get("FOUNDATION_STACK_REQUESTS", "150"))
"""Requests of a test; the promise of 0 in 5,000 is measured by setting it to 5000."""


@dataclass(slots=True)
class Load:
    """Requests of several people at once; *failed* holds what went wrong, *made* what was created."""

    picture: Picture
    visitor: Visitor
    least: int = LEAST
    done: int = 0
    failed: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def running(self) -> Iterator["Load"]:
        """Work while the block runs, and on until enough was asked; then look at what came back."""
        people = [threading.Thread(target=self._work, args=(n,)) for n in range(PEOPLE)]
        for person in people:
            person.start()
        try:
            self._enough(self.least // 4)
            yield self
            self._enough(self.least)
        finally:
            self._stop.set()
            for person in people:
                person.join()

    def _enough(self, wanted: int) -> None:
        ends = time.monotonic() + PATIENCE_S + wanted / 10
        while self.done < wanted and time.monotonic() < ends:
            time.sleep(0.02)
        assert self.done >= wanted, f"{self.done} of {wanted} were answered: {self.failed[:3]}"

    def _work(self, number: int) -> None:
        connection = self._connection()
        turn = number
        while not self._stop.is_set():
            turn += 1
            began = time.monotonic()
            try:
                fault = self._one(connection, turn)
            except (OSError, http.client.HTTPException) as broken:
                fault = f"{type(broken).__name__}: {broken}"
                connection.close()
                connection = self._connection()
            with self._lock:
                self.done += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
                if fault is not None:
                    self.failed.append(fault)
        connection.close()

    def _one(self, connection: http.client.HTTPSConnection, turn: int) -> str | None:
        """Ask once; return what is wrong with the answer, or None."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.visitor.cookies.items())}
        if turn % 5 == 0:
            slug = f"load-{ids.token(9).lower().replace('_', 'a').replace('-', 'b')}"
            body = json.dumps({"slug": slug, "name": slug})
            headers |= {"Origin": self.visitor.url, "Content-Type": "application/json"}
            headers["Idempotency-Key"] = str(ids.uuid7())
            connection.request("POST", "/api/projects", body, headers)
            wanted = 201
        else:
            path = ("/api/health", "/api/projects?limit=5", "/", "/api/auth/me")[turn % 4]
            connection.request("GET", path, headers=headers | {"Accept": "text/html, */*"})
            slug, wanted = "", 200
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != wanted:
            return f"{answer.status}: {said[:200]!r}"
        if slug:
            self.made.append(slug)
        return None

    def _connection(self) -> http.client.HTTPSConnection:
        port, context = self.picture.ports.https, self.picture.context
        return http.client.HTTPSConnection("localhost", port, timeout=PATIENCE_S, context=context)


def kept(picture: Picture, load: Load) -> bool:
    """Whether everything that was said to be created is in the database, with its audit event."""
    rows = picture.sql(
        "SELECT p.slug FROM projects.projects p JOIN foundation.audit_log a"
        " ON a.target_id = p.id::text WHERE a.type = 'projects.project.created'"
    )
    return set(load.made) <= {row[0] for row in rows}
