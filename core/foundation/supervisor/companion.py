"""Other programs of Foundation that run beside the workers."""

import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from foundation.linux import ending_with_us
from foundation.supervisor.refused import Exit, Refused
from foundation.supervisor.report import complain
from foundation.supervisor.timing import Timing

_STOP_SECONDS = 5.0


class Companion:
    """A module run as a child: started again when it ends, ended when we do."""

    def __init__(
        self,
        module: str,
        arguments: Sequence[str],
        environ: Mapping[str, str],
        *,
        stop_s: float = _STOP_SECONDS,
    ) -> None:
        self._stop_s = stop_s
        self._command = [sys.executable, "-m", module, *arguments]
        self._environ = dict(environ)
        self._process: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._next_try = 0.0

    def share(self, more: Mapping[str, str]) -> None:
        """Set *more* in its environment, from its next start on."""
        self._environ.update(more)

    def start(self) -> None:
        """Start it; call this from the main thread."""
        self._process = subprocess.Popen(
            self._command,
            env=self._environ,
            stdin=subprocess.DEVNULL,
            process_group=0,  # Ctrl-C is ours to answer
            preexec_fn=ending_with_us(signal.SIGTERM),  # noqa: PLW1509  # the supervisor has one thread
        )

    def tend(self) -> None:
        """Start it again if it has ended: at once, then after 1, 2, 4 ... 30 s."""
        if self._process is None or self._process.poll() is None:
            return
        now = time.monotonic()
        if now >= self._next_try:
            self._failures += 1
            self._next_try = now + Timing().delay(self._failures)
            self.start()

    def leave(self) -> None:
        """Ask it to end, and do not wait; `tend` starts it again, with new code."""
        if self._process is not None and self._process.poll() is None:
            self._failures, self._next_try = 0, 0.0
            self._process.terminate()

    def stop(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(self._stop_s)
            return
        process.kill()
        process.wait()


def run_to_end(
    module: str,
    arguments: Sequence[str],
    environ: Mapping[str, str],
    *,
    borne: Collection[int] = (),
) -> None:
    """Run a module as a child and wait for it; raises `Refused` with its last words.

    An exit code that is *borne* is told with its last words, and life goes on.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode != 0:
        said = done.stdout.decode("utf-8", "replace").strip().splitlines()
        what = " ".join(["foundation", *arguments])
        last = "\n".join(said[-5:]) or f"exit code {done.returncode}"
        if done.returncode in borne:
            complain(f"`{what}`:\n{last}")
            return
        raise Refused(Exit.NOT_STARTED, f"`{what}` failed:\n{last}")
