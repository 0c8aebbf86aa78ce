"""Hypercorn alone, as a worker sets it up: what an answer costs before any of ours is asked.

Run by `bench/stacks.py`: ``python -m bench.bare <port>``.
"""

import asyncio
import socket
import sys
from typing import Any

import hypercorn.asyncio
import uvloop

from foundation.asgi.config import worker_config


async def answer(scope: Any, _receive: Any, send: Any) -> None:  # ASGI 3.0
    """Answer two bytes."""
    if scope["type"] != "http":
        return
    headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


async def serve(port: int) -> None:
    """Serve on *port* until it is ended."""
    with socket.create_server(("127.0.0.1", port), backlog=1024) as listener:
        config = worker_config(descriptor=listener.detach(), graceful=1.0)
        await hypercorn.asyncio.serve(answer, config, shutdown_trigger=asyncio.Event().wait)


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1])))
