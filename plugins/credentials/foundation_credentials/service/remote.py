"""Remote: asks whether values work, in a process of its own that is ended when its time is over.

A driver that hangs, dies or leaks does so there. The process gets the values by its standard
input, has an empty environment, and says one word.
"""

import asyncio
import contextlib
import json
import os
import ssl
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from foundation.sdk import Secret
from foundation_credentials.schemas import Result

WITHIN_S = 8.0
START_S = 10.0
"""How long the process may take before it asks anybody."""

EXTRAS = {"mysql": "mysql", "s3": "s3", "ssh_key": "ssh"}


@dataclass(frozen=True, slots=True)
class Question:
    """Which kind, which values, and which hosts of this network may be asked."""

    kind: str
    values: Mapping[str, Secret]
    inside: tuple[str, ...]

    def packed(self, within_s: float) -> bytes:
        """Return it with the values in the clear, for the pipe alone."""
        values = {name: value.reveal() for name, value in self.values.items()}
        told = {"kind": self.kind, "values": values, "inside": self.inside, "within_s": within_s}
        return json.dumps(told).encode()


async def ask(question: Question, *, within_s: float = WITHIN_S) -> Result:
    """Return the word that came of it; never raises for what a driver or a remote does."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "foundation_credentials.outside"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environ(),
    )
    try:
        return await _answer(process, question, within_s)
    except TimeoutError:
        return "timeout"
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def missing(kind: str) -> str:
    """Return the command that installs the driver of *kind*."""
    return f"pip install 'foundation-credentials[{EXTRAS[kind]}]'" if kind in EXTRAS else ""


async def _answer(
    process: asyncio.subprocess.Process, question: Question, within_s: float
) -> Result:
    assert process.stdin is not None
    assert process.stdout is not None
    with contextlib.suppress(ConnectionError):
        process.stdin.write(question.packed(within_s))
        process.stdin.close()
    async with asyncio.timeout(START_S):
        word = (await process.stdout.readline()).decode().strip()
    if word == "begun":
        async with asyncio.timeout(within_s + 0.5):
            word = (await process.stdout.readline()).decode().strip()
    return word if word in get_args(Result) else "failed"  # type: ignore[return-value]  # checked


def _environ() -> dict[str, str]:
    """Return what finds the same packages and the same authorities, and nothing else."""
    paths = ssl.get_default_verify_paths()
    trusted = {"SSL_CERT_FILE": paths.cafile, "SSL_CERT_DIR": paths.capath}
    own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"}
    return own | {name: path for name, path in trusted.items() if path}
