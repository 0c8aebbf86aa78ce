"""What a worker and the child of an attempt say to each other: one JSON object a line."""

import json
import os
import select
import socket
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

Message = dict[str, Any]  # JSON

MOST_LINE = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Orders:
    """The first message to a child: which run this is, and what it needs to do it.

    The address of the database is told here and not in the environment, where anything the
    handler starts would inherit it. *seal* is the id and the key, in hexadecimal, under which this
    attempt alone seals what it records in the trail.
    """

    run_id: str
    attempt: int
    fence: int
    kind: str
    kind_version: int
    plugin: str
    module: str
    params: Message
    requested_by: str | None
    requested_name: str
    database_url: str
    app_version: str
    seal: list[str] | None  # a list, as JSON gives it back
    memory_mb: int | None
    silence_s: float
    t: str = "orders"

    def packed(self) -> bytes:
        """Return the orders as a line."""
        return pack(asdict(self))


def pack(message: Message) -> bytes:
    """Return *message* as a line; raises `TypeError` for what is no JSON."""
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


def unpack(line: bytes) -> Message:
    """Return the message in *line*; raises `ValueError` for what is none."""
    message = json.loads(line)
    if not isinstance(message, dict) or "t" not in message:
        raise ValueError("a line is no message")
    return message


class Line:
    """The child's end: says and hears from any thread, blocking."""

    def __init__(self, descriptor: int) -> None:
        os.set_inheritable(descriptor, False)  # noqa: FBT003  # the system's own signature
        self._socket = socket.socket(fileno=descriptor)
        self._lock = threading.Lock()
        self._silence: float | None = None

    def say(self, message: Message) -> None:
        """Send one message; a worker that is gone is told by `hear`."""
        line = pack(message)
        with self._lock:
            self._socket.sendall(line)

    def finish(self) -> None:
        """Say no more; the other end hears this as the end and closes."""
        self._socket.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def quiet_after(self, seconds: float) -> None:
        """Let `hear` end when nothing comes for so long."""
        # Not a timeout of the socket: that would cut what is said to a worker that is slow.
        self._silence = seconds

    def hear(self) -> Iterator[Message]:
        """Give each message until the other end closes or is silent for too long."""
        rest = b""
        while True:
            ready, _, _ = select.select([self._socket], [], [], self._silence)
            came = self._socket.recv(65_536) if ready else b""
            if not came:
                return
            *lines, rest = (rest + came).split(b"\n")
            yield from map(unpack, lines)
