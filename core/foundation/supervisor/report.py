"""What the supervisor says: log lines like everybody's, or plain ones for a person who develops."""

import json
import os
import socket
import sys
import time
from dataclasses import dataclass, field

from foundation import __version__
from foundation.settings import Settings

_NUMBERS = {"info": 30, "warning": 40, "error": 50}


@dataclass(frozen=True, slots=True)
class Report:
    """Says things on stdout; *plain* leaves out the INFO and writes the rest as text on stderr."""

    environment: str
    numbers: bool = False
    plain: bool = False
    hostname: str = field(default_factory=socket.gethostname)

    @classmethod
    def of(cls, settings: Settings, *, plain: bool = False) -> "Report":
        """Make one in the form that *settings* ask for."""
        return cls(settings.environment, settings.log_levels == "number", plain)

    def say(self, level: str, message: str, /, **values: str | float | None) -> None:
        """Say *message*; what is None is left out."""
        told = {name: value for name, value in values.items() if value is not None}
        if self.plain:
            if level != "info":
                why = told.get("reason") or told.get("how")
                _write(2, f"{message}: {why}" if why else message)
            return
        fixed: dict[str, str | float] = {
            "level": _NUMBERS.get(level, 30) if self.numbers else level,
            "time": time.time_ns() // 1_000_000,
            "pid": os.getpid(),
            "hostname": self.hostname,
            "service": "foundation",
            "env": self.environment,
            "version": __version__,
            "msg": message,
        }
        _write(1, json.dumps({**fixed, **told}, separators=(",", ":")))

    def explain(self, text: str) -> None:
        """Tell a person why it ends, beside the line for machines; *plain* has said it already."""
        if not self.plain:
            complain(text)


def complain(text: str) -> None:
    """Tell a person, on stderr, why there is no Foundation."""
    for line in text.splitlines():
        _write(2, f"foundation: {line}")


def tell(text: str) -> None:
    """Tell a person something they asked for, on stdout."""
    _write(1, text)


def _write(descriptor: int, text: str) -> None:
    try:
        os.write(descriptor, text.encode(sys.getfilesystemencoding(), "replace") + b"\n")
    except OSError:  # whoever read this has gone; that is no reason to stop serving
        return
