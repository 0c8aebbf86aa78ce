"""The process of one connection test: reads what to ask, asks, says one word, and ends.

Nothing but that word comes out: not what the remote said, not what a driver wrote.
"""

import asyncio
import importlib
import json
import ssl
import sys
from collections.abc import Mapping
from typing import Any

MODULES = {"postgres": "postgres", "mysql": "mysql", "s3": "s3", "smtp": "smtp", "ssh_key": "ssh"}
"""Kinds with a library of their own; all others are asked at their URL."""

FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (TimeoutError, "timeout"),
    (ssl.SSLError, "insecure"),
    (OSError, "unreachable"),
    (KeyError, "untested"),
)
"""What a fault means, the narrower before the wider; any other is "failed"."""


def main() -> None:
    """Answer ``begun`` when all is loaded, then the word."""
    asked = json.loads(sys.stdin.buffer.read())
    name = MODULES.get(asked["kind"], "web")
    try:
        module = importlib.import_module(f"foundation_credentials.outside.{name}")
    except ModuleNotFoundError:
        _say("driver_missing")
        return
    _say("begun")
    _say(asyncio.run(word_of(module, asked)))


async def word_of(module: Any, asked: Mapping[str, Any]) -> str:  # a module with `ask`, and JSON
    """Return the word that comes of asking, within the time given and no longer."""
    try:
        async with asyncio.timeout(asked["within_s"]):
            return str(await module.ask(asked["kind"], asked["values"], inside=asked["inside"]))
    except Exception as fault:  # noqa: BLE001  # a driver may raise anything; its text is not told
        return next((word for kind, word in FAULTS if isinstance(fault, kind)), "failed")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
