"""The sign-in provider of the picture, which can go away and come back."""

import sys
from dataclasses import dataclass
from pathlib import Path

from .program import Program, listens, quiet_environ


@dataclass(slots=True)
class Provider:
    """The sign-in provider, a process that can go away with all its connections and come back."""

    public_url: str
    folder: Path
    port: int
    process: Program | None = None

    def start(self) -> None:
        """Serve, on the same port as before and with keys it made just now."""
        told = ["--port", str(self.port), "--public-url", self.public_url]
        command = [sys.executable, "-m", "foundation.auth.development", *told]
        log = self.folder / "provider.log"
        self.process = Program(command, quiet_environ(), log, self.folder)
        self.process.start()

    def stop(self) -> None:
        """Go away."""
        if self.process is not None:
            self.process.kill()

    def serves(self) -> bool:
        """Whether it accepts connections."""
        return listens(self.port)
