"""A page that follows the trail through the gateway, and goes on where its stream was cut."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from ..e2e.visitor import Visitor
from .picture import Picture
from .program import PATIENCE_S, until

AGAIN_S = 0.2


@dataclass(slots=True)
class Follower:
    """Somebody whose page is open: *heard* are ids of events, *ends* why streams ended."""

    picture: Picture
    visitor: Visitor
    heard: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    _left: threading.Event = field(default_factory=threading.Event)
    _there: http.client.HTTPSConnection = field(init=False)

    @contextmanager
    def following(self) -> Iterator["Follower"]:
        """Follow while the block runs, from a place on that is known before it begins."""
        page = threading.Thread(target=self._follow, daemon=True)
        page.start()
        try:
            until(lambda: self.places or self.refusals, "the page follows")
            assert self.refusals == [], self.refusals
            yield self
        finally:
            self._left.set()
            with suppress(OSError, AttributeError):  # cut already, or between two streams
                self._there.sock.shutdown(socket.SHUT_RDWR)

    def _follow(self) -> None:
        while not self._left.is_set():
            with suppress(OSError, http.client.HTTPException):
                self._one_stream()
            time.sleep(AGAIN_S)

    def _one_stream(self) -> None:
        port, context = self.picture.ports.https, self.picture.context
        there = http.client.HTTPSConnection("localhost", port, timeout=PATIENCE_S, context=context)
        self._there = there
        cookies = "; ".join(f"{name}={value}" for name, value in self.visitor.cookies.items())
        headers = {"Cookie": cookies, "Origin": self.picture.url}
        if self.places:
            headers["Last-Event-ID"] = self.places[-1]
        there.request("GET", "/api/live?topics=audit", headers=headers)
        try:
            answer = there.getresponse()
            if answer.status != 200:  # nobody is there, or not yet
                self.refusals.append(answer.status)
                return
            block: dict[str, str] = {}
            for line in answer:
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if self._left.is_set():
                    return
                if name:
                    block[name] = value
                elif block:  # what was cut in the middle counts for nothing
                    self._take(block)
                    block = {}
        finally:
            there.close()

    def _take(self, block: dict[str, str]) -> None:
        told = json.loads(block.get("data", "{}"))
        if told.get("type") == "events":
            self.heard += [event["id"] for event in told["data"]["events"]]
        elif told.get("type") == "end":
            self.ends.append(told["data"]["reason"])
        if "id" in block:
            self.places.append(block["id"])


def sealed(picture: Picture) -> list[str]:
    """Return the id of every event of the trail that has its leaf, in the order of the tree."""
    rows = picture.sql(
        "SELECT event_id::text FROM foundation.audit_leaves ORDER BY epoch, leaf_index"
    )
    return [row[0] for row in rows]
