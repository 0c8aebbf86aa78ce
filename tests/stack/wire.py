"""Bytes on a TLS connection as they are: what a client that keeps no rule would send."""

import http.client
import io
import socket
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message

from .program import PATIENCE_S


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer: its status, its headers, its body."""

    status: int
    headers: Message
    body: bytes


class _Bytes:
    """A connection that has ended, for http.client to read."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def makefile(self, *_mode: object) -> io.BytesIO:
        return io.BytesIO(self._answer)


@contextmanager
def connected(port: int, context: ssl.SSLContext) -> Iterator[ssl.SSLSocket]:
    """Open a TLS connection to the gateway."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as peer:
            yield peer


def send(
    port: int, context: ssl.SSLContext, head: str, *headers: str, body: Iterable[bytes] = ()
) -> Heard:
    """Send one request and return the answer; *head* is ``GET /path``, *body* goes in its parts."""
    lines = [f"{head} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]
    with connected(port, context) as peer:
        peer.sendall("\r\n".join(lines).encode("latin-1"))
        try:
            for part in body:
                peer.sendall(part)
        except OSError:  # it has heard enough, and says so below
            pass
        answer = b""
        try:
            while chunk := peer.recv(65_536):
                answer += chunk
        except (ConnectionError, ssl.SSLError):
            pass
    heard = http.client.HTTPResponse(_Bytes(answer))
    heard.begin()
    return Heard(heard.status, heard.headers, heard.read())


def chunks(size: int) -> Iterator[bytes]:
    """Yield a body of *size* bytes in chunks, without saying before how long it is."""
    piece = b"x" * 65_536
    for _ in range(size // len(piece)):
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\n\r\n"


def greets(port: int, context: ssl.SSLContext) -> bool:
    """Tell whether the gateway speaks TLS by now; its certificate comes after its socket."""
    try:
        with connected(port, context):
            return True
    except OSError:
        return False
