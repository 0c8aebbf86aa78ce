"""Load: a short job, a very talkative one, and two that have to be stopped."""

import asyncio
import time
from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from foundation.sdk import Job, Manifest, Permission, Role, RunContext, hook

manifest = Manifest(id="load", title="Load", api=">=1.0,<2")
MAKE = Permission("load:run:make", "Make load", roles=frozenset({Role.OPERATOR}))


class Nothing(BaseModel):
    """No parameters."""


class Talk(BaseModel):
    """How much is said."""

    lines: Annotated[int, Field(ge=1)] = 100_000
    width: Annotated[int, Field(ge=1)] = 1_000


async def short(ctx: RunContext, _params: Nothing) -> dict[str, bool]:
    """Say one line."""
    ctx.log("one line")
    ctx.progress(1, 1, unit="thing")
    return {"ok": True}


async def flood(ctx: RunContext, params: Talk) -> dict[str, int]:
    """Say all of it, as fast as it is taken."""
    for n in range(params.lines):
        ctx.log(f"{n} " + "x" * params.width)
        if n % 1_000 == 0:
            ctx.progress(n, params.lines, unit="lines")
    return {"said": params.lines}


async def wait(ctx: RunContext, _params: Nothing) -> None:
    """Wait to be stopped."""
    ctx.log("waiting")
    await asyncio.sleep(3_600)


async def busy(ctx: RunContext, _params: Nothing) -> None:
    """Hear nothing."""
    ctx.log("busy")
    while True:
        time.sleep(0.01)  # noqa: ASYNC251  # what a careless handler does


@hook
def permissions() -> Sequence[Permission]:
    """One right for both."""
    return (MAKE,)


@hook
def jobs() -> Sequence[Job]:
    """The kinds of run."""
    return (
        Job("load.short", title="Short", params=Nothing, run=short, needs=MAKE),
        Job("load.flood", title="Flood", params=Talk, run=flood, needs=MAKE),
        Job("load.wait", title="Wait", params=Nothing, run=wait, needs=MAKE),
        Job("load.busy", title="Busy", params=Nothing, run=busy, needs=MAKE, grace_s=0.5),
    )
