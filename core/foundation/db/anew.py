"""Asks anew where a refusal of the database says nothing of what was asked."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from foundation.db.faults import is_retryable

T = TypeVar("T")


async def asked_anew(ask: Callable[[], Awaitable[T]]) -> T:
    """Return what *ask* gives, asked as often as `is_retryable` allows.

    It only reads, or does all it does in one transaction.
    """
    attempt = 1
    while True:
        try:
            return await ask()
        except Exception as fault:
            if not is_retryable(fault, attempt=attempt):
                raise
        attempt += 1
        await moment()


async def moment() -> None:
    """Wait for a moment that differs each time, so that who met once does not meet again."""
    await asyncio.sleep(random.uniform(0.005, 0.05))  # noqa: S311  # jitter is no secret
