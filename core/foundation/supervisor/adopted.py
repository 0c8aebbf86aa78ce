"""A process that another one forked, and that has become our child when that one ended."""

import os
import signal
from typing import Any


class Adopted:
    """Has of `subprocess.Popen` what the supervisor asks of a worker."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: Any = None  # an int once it has ended, as `Popen` types it

    def poll(self) -> int | None:
        """Return how it ended, as `Popen` tells it, or None while it runs."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int | None:
        """Wait until it has ended; return how."""
        return self._ended(0)

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal; nothing happens when it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return None if self.returncode is None else int(self.returncode)
