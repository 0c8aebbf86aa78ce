"""The probe: a child process imports every plugin first, so that none can end or hang a worker.

``os._exit``, a crash in C code and an endless import cannot be caught where they happen. A worker
calls `refresh` before it loads anything; only a changed set of plugins costs time, and only once.
"""

import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select
from typing import Any

from foundation.plugins import probe_child
from foundation.plugins.manifest import ManifestRefused, source_of
from foundation.plugins.memory import NO_MEMORY
from foundation.plugins.scan import Installed, choose
from foundation.settings import PluginChoice

LIMIT_S = 10.0
START_S = 30.0
"""Seconds that Python itself may take to start on a machine under load."""

FILE = "plugins-probe.json"
LOCK = "plugins-probe.lock"


def refresh(
    settings: PluginChoice, installed: Sequence[Installed], *, limit_s: float = LIMIT_S
) -> dict[str, str]:
    """Return why each dangerous plugin is so, probing only when the wanted set changed since.

    The findings are kept in the data folder. Of several workers that start at once one probes and
    the others wait for it; a folder that cannot be written costs a probe at each call.
    """
    wanted = _wanted(settings, installed)
    with _alone(settings.data):
        known = _read(settings.data, wanted)
        if known is not None:
            return known
        findings = probe(wanted, limit_s=limit_s)
        _write(settings.data, {"plugins": _digest(wanted), "findings": findings})
    return findings


def remembered_findings(settings: PluginChoice, installed: Sequence[Installed]) -> dict[str, str]:
    """Return what the last probe found, if it was of just these plugins; else nothing."""
    return _read(settings.data, _wanted(settings, installed)) or {}


def _wanted(settings: PluginChoice, installed: Sequence[Installed]) -> list[Installed]:
    """Leave out what would not be imported anyway: the disabled, the invalid, the incompatible."""
    candidates, _ = choose(settings, installed=installed, memory=NO_MEMORY)
    return [candidate.installed for candidate in candidates]


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the probe's lock, where the folder allows one; it falls with its process."""
    try:
        descriptor = os.open(data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        yield
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def probe(installed: Sequence[Installed], *, limit_s: float = LIMIT_S) -> dict[str, str]:
    """Import each plugin in a child and return a reason for each that ends or hangs it.

    An ordinary exception is no finding: the loader meets it again and tells more.
    """
    findings: dict[str, str] = {}
    left = list(installed)
    while left:
        done, reason = _one_child([one.module for one in left], limit_s)
        if reason is None:
            break
        if done < len(left):
            findings[left[done].id] = reason
        left = left[done + 1 :]
    return findings


def _one_child(modules: Sequence[str], limit_s: float) -> tuple[int, str | None]:
    """Return how many modules one child imported, and how the next one ended it, if one did."""
    reading, writing = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", probe_child.__name__, str(writing)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(writing,),
    )
    os.close(writing)
    try:
        assert child.stdin is not None
        with suppress(BrokenPipeError), child.stdin as order:
            order.write(json.dumps({"path": sys.path, "modules": list(modules)}).encode())
        done, hung = _follow(reading, len(modules), limit_s)
    finally:
        os.close(reading)
        child.kill()  # a child that ended by itself keeps its own exit code
        code = child.wait()
    if done == len(modules):
        return done, None
    return done, _spoken(code, hung=hung, limit_s=limit_s)


def _follow(pipe: int, total: int, limit_s: float) -> tuple[int, bool]:
    """Count the imports told on *pipe*, until all are done, it closes, or one takes too long."""
    seen = b""
    while seen.count(probe_child.NEXT) < total:
        ready, _, _ = select([pipe], [], [], limit_s if seen else START_S)
        told = os.read(pipe, 4096) if ready else b""
        if not told:
            # Without the first sign Python itself did not start: no plugin is to blame.
            return (seen.count(probe_child.NEXT) if seen else total), not ready
        seen += told
    return total, False


def _spoken(code: int, *, hung: bool, limit_s: float) -> str:
    if hung:
        return f"its import took over {limit_s:g} s"
    if code < 0:
        return f"its import ended the probe by {signal.Signals(-code).name}"
    return f"its import ended the probe with exit code {code}"


def _read(data: Path, installed: Sequence[Installed]) -> dict[str, str] | None:
    try:
        kept: dict[str, Any] = json.loads((data / FILE).read_text("utf-8"))
        if kept["plugins"] == _digest(installed):
            return dict(kept["findings"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _write(data: Path, kept: dict[str, Any]) -> None:  # JSON of our own making
    new = data / f"{FILE}.new"
    with suppress(OSError):
        new.write_text(json.dumps(kept), "utf-8")
        new.replace(data / FILE)


def _digest(installed: Sequence[Installed]) -> str:
    """Return a digest that changes with any distribution, and with an edited plugin's file."""
    whole = hashlib.sha256(sys.version.encode())
    for one in sorted(installed, key=lambda one: (one.id, one.dist)):
        whole.update(f"\0{one.id}\0{one.module}\0{one.dist}\0{one.version}".encode())
        with suppress(ManifestRefused, OSError):
            whole.update(str(source_of(one.module).stat().st_mtime_ns).encode())
    return whole.hexdigest()
