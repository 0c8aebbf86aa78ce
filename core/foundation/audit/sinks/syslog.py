"""A sink that is a syslog server: RFC 5424, over UDP (5426), TCP (6587) or TLS (5425)."""

import asyncio
import contextlib
import json
import re
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foundation import tls
from foundation.audit.sinks.story import Batch, Told

AUDIT = 13
"""The facility "log audit"."""

LEVELS = {"critical": 2, "high": 4, "normal": 5, "low": 6}
MOST_DATAGRAM = 8_192
SD_ID = "foundation@32473"
"""32473 is the number set aside for examples (RFC 5612); receivers match the name before it."""

_NOT_PRINTED = re.compile(r"[^\x21-\x7e]")


@dataclass(frozen=True, slots=True)
class SyslogSink:
    """Sends to *host* and *port*.

    Syslog has no answer: over TCP and TLS what the server lost after taking it is lost, over UDP
    anything may be.
    """

    name: str
    transport: Literal["udp", "tcp", "tls"]
    host: str
    port: int
    ca_file: Path | None = None

    async def send(self, batch: Batch) -> None:
        """Send *batch*, on a connection of its own; raises `OSError`."""
        own = socket.gethostname()
        if self.transport == "udp":
            await self._send_datagrams(
                [as_syslog(told, host=own, short=True) for told in batch.events]
            )
            return
        context = tls.trusting(self.ca_file) if self.transport == "tls" else None
        _, writer = await asyncio.open_connection(self.host, self.port, ssl=context)
        try:
            for told in batch.events:
                message = as_syslog(told, host=own)
                writer.write(f"{len(message)} ".encode() + message)  # octet counting
                await writer.drain()
            writer.write_eof() if writer.can_write_eof() else None
        finally:
            writer.close()
            with contextlib.suppress(ssl.SSLError):
                await writer.wait_closed()

    async def _send_datagrams(self, messages: list[bytes]) -> None:
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=(self.host, self.port)
        )
        try:
            for message in messages:
                transport.sendto(message)
            await asyncio.sleep(0)
        finally:
            transport.close()


def as_syslog(told: Told, *, host: str, short: bool = False) -> bytes:
    """Return *told* as a message; with *short* one that does not fit in a datagram says less."""
    message = _message(told, host)
    if short and len(message) > MOST_DATAGRAM:
        message = _message(told | {"detail": None, "cut": True}, host)
    return message


def _message(told: Told, host: str) -> bytes:
    level = LEVELS.get(str(told.get("severity")), LEVELS["normal"])
    stamp = told.get("occurred_at") or "-"
    leaf = told["leaf"]
    actor = told.get("actor") or {}
    named = {
        "id": told["id"],
        "leaf": f"{leaf['epoch']}.{leaf['index']}",
        "actor": str(actor.get("id") or actor.get("type") or ""),
        "outcome": str(told.get("outcome") or ""),
    }
    data = " ".join(f'{name}="{_escaped(value)}"' for name, value in named.items())
    words = (
        *(f"<{AUDIT * 8 + level}>1", stamp, _name(host, 255), "foundation", "-"),
        *(_name(str(told["type"] or "absent"), 32), f"[{SD_ID} {data}]"),
    )
    # ASCII alone, so the text needs no mark of its encoding.
    return f"{' '.join(words)} {json.dumps(told)}".encode("ascii")


def _name(word: str, most: int) -> str:
    return _NOT_PRINTED.sub("?", word)[:most] or "-"


def _escaped(value: str) -> str:
    plain = _NOT_PRINTED.sub("?", value)
    return re.sub(r'(["\\\]])', r"\\\1", plain)
