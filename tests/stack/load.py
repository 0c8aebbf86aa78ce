"""People at work: each keeps a connection, reads and writes, and notes what was not answered."""

import http.client
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from foundation import ids

from ..e2e.visitor import Visitor
from .picture import ANSWER_S, Picture

PEOPLE = 6
LEAST = int(os.environ.get("FOUNDATION_STACK_REQUESTS", "150"))
"""Requests of a test; `bench/restarts.py` asks for the 5,000 of the promise."""


@dataclass(slots=True)
class Load:
    """Requests of several people at once; *failed* holds what went wrong, *made* what was created.

    Nobody waits for ever: a request without an answer ends as one of *failed*, by its name, and
    when nobody is answered any more, or the block fails, all of them stop.
    """

    picture: Picture
    visitor: Visitor
    least: int = LEAST
    answer_s: float = ANSWER_S
    stall_s: float = ANSWER_S
    done: int = 0
    failed: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _asked: dict[int, tuple[str, float]] = field(default_factory=dict)
    _open: dict[int, http.client.HTTPSConnection] = field(default_factory=dict)
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
        except BaseException:
            self._give_up()
            raise
        finally:
            self._stop.set()
            for person in people:
                person.join()

    def _enough(self, wanted: int) -> None:
        """Wait for answers as long as some come, however slowly."""
        seen, ends = self.done, time.monotonic() + self.stall_s
        while self.done < wanted:
            if self.done > seen:
                seen, ends = self.done, time.monotonic() + self.stall_s
            elif time.monotonic() > ends:
                raise AssertionError(
                    f"nobody was answered for {self.stall_s:g} s: {self.waiting()}; "
                    f"{self.done} of {wanted} were, {self.failed[:3]}\n{self._stacks()}"
                )
            time.sleep(0.02)

    def waiting(self) -> str:
        """Return what is asked at present, and for how long each has waited."""
        now, asked = time.monotonic(), [*self._asked.values()]
        return ", ".join(f"{what} for {now - since:.0f} s" for what, since in asked) or "nothing"

    def _stacks(self) -> str:
        """Return what every process of the api is at, as the supervisor writes it."""
        with suppress(OSError):
            before = len(self.picture.api.said)
            self.picture.api.send(signal.SIGUSR2)
            time.sleep(2.0)
            return self.picture.api.said[before:]
        return "the api is gone"

    def _give_up(self) -> None:
        """End every request that is under way: nobody is to wait for its answer any more."""
        self._stop.set()
        for connection in [*self._open.values()]:
            peer = connection.sock
            if peer is not None:
                with suppress(OSError):
                    peer.shutdown(socket.SHUT_RDWR)

    def _work(self, number: int) -> None:
        connection = self._open[number] = self._connection()
        turn = number
        while not self._stop.is_set():
            turn += 1
            began = time.monotonic()
            try:
                fault = self._one(connection, number, turn)
            except TimeoutError:
                what, _ = self._asked[number]
                fault = f"{what}: no answer within {self.answer_s:g} s"
            except (OSError, http.client.HTTPException) as broken:
                what, _ = self._asked[number]
                fault = f"{what}: {type(broken).__name__}: {broken}"
            if fault is not None:
                connection.close()
                connection = self._open[number] = self._connection()
            with self._lock:
                self.done += 1
                self.slowest = max(self.slowest, time.monotonic() - began)
                if fault is not None:
                    self.failed.append(fault)
        connection.close()

    def _one(self, connection: http.client.HTTPSConnection, number: int, turn: int) -> str | None:
        """Ask once; return what is wrong with the answer, or None."""
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.visitor.cookies.items())}
        if turn % 5 == 0:
            slug = f"load-{ids.token(9).lower().replace('_', 'a').replace('-', 'b')}"
            method, path, body = "POST", "/api/projects", json.dumps({"slug": slug, "name": slug})
            headers |= {"Origin": self.visitor.url, "Content-Type": "application/json"}
            headers["Idempotency-Key"] = str(ids.uuid7())
            wanted = 201
        else:
            path = ("/api/health", "/api/projects?limit=5", "/", "/api/auth/me")[turn % 4]
            method, body, slug, wanted = "GET", None, "", 200
            headers |= {"Accept": "text/html, */*"}
        self._asked[number] = (f"{method} {path}", time.monotonic())
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != wanted:
            return f"{method} {path}: {answer.status}: {said[:200]!r}"
        if slug:
            self.made.append(slug)
        return None

    def _connection(self) -> http.client.HTTPSConnection:
        port, context = self.picture.ports.https, self.picture.context
        return http.client.HTTPSConnection(
            "localhost", port, timeout=self.answer_s, context=context
        )


def kept(picture: Picture, load: Load) -> bool:
    """Whether everything that was said to be created is in the database, with its audit event."""
    rows = picture.sql(
        "SELECT p.slug FROM projects.projects p JOIN foundation.audit_log a"
        " ON a.target_id = p.id::text WHERE a.type = 'projects.project.created'"
    )
    return set(load.made) <= {row[0] for row in rows}
