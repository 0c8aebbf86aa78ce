"""A deployment for a test: `foundation serve` in a virtual environment of its own, with real pip.

Core is a copy, so that it can have a next release too; what it depends on is seen from here.
"""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from shutil import ignore_patterns
from types import TracebackType
from typing import Any, Self

from sqlalchemy import text

from foundation.auth.development.people import variables
from foundation.db.address import direct_engine
from foundation.secret import Secret
from foundation.supervisor import keys

from ..stack.program import free_port
from .foundation_process import ROOT
from .wheels import Wheel

PATIENCE_S = 180
WORKERS = 3
NOT_STARTED, TRIES = 3, 6
NOT_PASSED_ON = ("FOUNDATION", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
"""Settings of this machine; and each of many processes would compile everything anew."""


@dataclass(slots=True)
class Deployment:
    """Foundation on the database *url*; the tools of this environment are seen in its own one."""

    url: Secret
    extra: Mapping[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="foundation-live-")))
    environ: dict[str, str] = field(init=False)
    _stack: ExitStack = field(default_factory=ExitStack)
    _serving: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it is reached."""
        return f"http://localhost:{self.port}"

    @property
    def python(self) -> Path:
        """The Python of its environment."""
        return self.folder / "venv" / "bin" / "python"

    @property
    def site(self) -> Path:
        """Where its packages are."""
        (found,) = (self.folder / "venv" / "lib").glob("python*/site-packages")
        return found

    @property
    def log(self) -> str:
        """All that the server has written."""
        return (self.folder / "output.log").read_text("utf-8")

    def __enter__(self) -> Self:
        self._stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        venv.create(self.folder / "venv", symlinks=True)
        ours = [path for path in sys.path if path.endswith("site-packages")]
        lines = [f"import site; site.addsitedir({path!r})" for path in ours]
        (self.site / "foundation-under-test.pth").write_text("\n".join(lines))
        core = self.site / "foundation"
        shutil.copytree(ROOT / "core" / "foundation", core, ignore=ignore_patterns("__pycache__"))
        (self.folder / "data").mkdir()
        provider = free_port()
        given = os.environ.items()
        kept = {name: value for name, value in given if not name.startswith(NOT_PASSED_ON)}
        self.environ = {
            **kept,
            **variables(provider),
            **keys.variables(self.folder / "data", {}),
            "FOUNDATION_DATABASE_URL": self.url.reveal(),
            "FOUNDATION_DATA": str(self.folder / "data"),
            "FOUNDATION_ENVIRONMENT": "development",
            "FOUNDATION_PUBLIC_URL": self.address,
            "FOUNDATION_PORT": str(self.port),
            "FOUNDATION_WORKERS": str(WORKERS),
            "FOUNDATION_RUNS": "off",
            "FOUNDATION_WEB_ROOT": str(ROOT / "web" / "dist"),
            **self.extra,
        }
        options = ["--port", str(provider), "--public-url", self.address]
        signing_in = self._start("-m", "foundation.auth.development", *options)
        self._stack.callback(signing_in.wait)
        self._stack.callback(signing_in.terminate)
        self._stack.callback(self.stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def pip(self, *arguments: str | Path) -> None:
        """Have the real pip change the environment; it reaches no network."""
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "--quiet"]
        command = [*pip, "--disable-pip-version-check", *map(str, arguments)]
        subprocess.run(command, check=True, env=self.environ)

    def install(self, *wheels: Wheel) -> None:
        """Build *wheels* and have pip install them, over what is there of them."""
        built = [wheel.write(self.folder) for wheel in wheels]
        self.pip("install", "--no-index", "--no-deps", *built)

    def release_core(self, revision: str, text: str) -> None:
        """Give core a next release, with one more revision."""
        folder = self.site / "foundation" / "db" / "migrations" / "versions"
        (folder / f"{revision}.py").write_text(text)

    def done(self, *words: str) -> str:
        """Give ``foundation`` a command that must succeed; return what it said."""
        command = [self.python, "-m", "foundation.cli", *words]
        ended = subprocess.run(
            command,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    def serve(self) -> None:
        """Start the server, and return when all workers are ready.

        On a machine under load it may give up, and is started again.
        """
        self._serving = self._start("-m", "foundation.cli", "serve")
        given_up = 0

        def ready() -> bool:
            nonlocal given_up
            assert self._serving is not None
            if self._serving.poll() == NOT_STARTED and given_up < TRIES:
                given_up += 1
                self._serving = self._start("-m", "foundation.cli", "serve")
            return '"ready"' in self.log

        self._until(ready, "the server is not ready")

    def roll(self) -> None:
        """Ask for new workers, and return when none of the old ones is left.

        On a machine under load the supervisor may give one up, and is asked again.
        """
        assert self._serving is not None
        old, serving = set(self.workers()), self._serving
        serving.send_signal(signal.SIGHUP)
        given_up = 0

        def replaced() -> bool:
            nonlocal given_up
            if self.log.count("the new worker did not start") > given_up:
                given_up += 1
                serving.send_signal(signal.SIGHUP)
            now = set(self.workers())
            return len(now) == WORKERS and not now & old

        self._until(replaced, "the workers were not replaced")

    def stop(self) -> int | None:
        """Tell the server to end; return its exit code, or None if it does not run."""
        serving, self._serving = self._serving, None
        if serving is None:
            return None
        serving.terminate()
        return serving.wait(timeout=PATIENCE_S)

    def workers(self) -> Sequence[str]:
        """Return the workers that have told the ledger of their plugins."""
        return [row[0] for row in self.rows("SELECT worker FROM foundation.plugin_workers")]

    def rows(self, sql: str) -> Sequence[Any]:  # rows of any columns
        """Return what the database says."""
        return asyncio.run(self._rows(sql))

    async def _rows(self, sql: str) -> Sequence[Any]:  # rows of any columns
        engine = direct_engine(self.url, application_name="foundation/tests", server={})
        async with engine.connect() as connection, connection.begin():
            return (await connection.execute(text(sql))).all()

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "output.log").open("ab") as output:
            return subprocess.Popen(
                [self.python, *arguments],
                env=self.environ,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def _until(self, done: Callable[[], bool], what: str) -> None:
        ends = time.monotonic() + PATIENCE_S
        while not done():
            is_over = self._serving is None or self._serving.poll() is not None
            if is_over or time.monotonic() > ends:
                said = [line for line in self.log.splitlines() if '"request"' not in line]
                raise AssertionError("\n".join([what, *said[-20:]]))
            time.sleep(0.1)
