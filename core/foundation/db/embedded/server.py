"""The embedded server as our own child: started, watched, and stopped by whoever holds its lock."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from foundation.db.embedded.account import ENVIRONMENT, Account, server_account
from foundation.db.embedded.binaries import MAJOR, Binaries, binaries
from foundation.db.embedded.cluster import (
    DATABASE,
    USER,
    Layout,
    make_cluster,
    prepare_folder,
    try_lock,
)
from foundation.db.embedded.endpoint import ask, socket_folder
from foundation.db.embedded.faults import CannotServe
from foundation.db.embedded.journal import last_words, trim
from foundation.db.embedded.processes import FAST_SECONDS, clear_away
from foundation.linux import ending_with_us
from foundation.secret import Secret

Say = Callable[[str], None]

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "io_method": "sync",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
NOT_DURABLE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
    "autovacuum": "off",
}
PROGRESS_SECONDS = 5.0
LONGEST_BACKOFF, HEALTHY_AFTER = 30.0, 60.0


class EmbeddedPostgres:
    """A PostgreSQL on *folder*, reached by a socket and a password, by nobody else.

    Start it from the main thread: the server ends when the thread that forked it does. With
    *durable* off a crash of the machine may lose data; that is for tests. *wheel* is where the
    programs are, if not where the wheel is installed.
    """

    def __init__(self, folder: Path, *, durable: bool = True, wheel: Path | None = None) -> None:
        self._layout = Layout(folder.resolve())
        self._wheel = wheel
        self._durable = durable
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._began = 0.0
        self._failures = 0
        self._next_try = 0.0

    @property
    def owns(self) -> bool:
        """Whether this process started the server, and so may stop it."""
        return self._lock is not None

    def start(self, say: Say) -> Secret:
        """Start the server, or join the one another process runs; return its address.

        Waits without limit while the server recovers, telling *say*. Raises `CannotServe`.
        """
        if threading.current_thread() is not threading.main_thread():
            raise CannotServe("the embedded PostgreSQL must be started from the main thread")
        account = server_account()
        prepare_folder(self._layout, account)
        sockets = socket_folder(self._layout.folder, account=account)
        if self._lock_or_join(sockets, say):
            try:
                self._serve(account, sockets, say)
            except BaseException:
                self.stop()
                raise
        return self._address(sockets)

    def stop(self) -> None:
        """Stop the server if this process started it: open transactions are rolled back."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGINT)  # SIGTERM would wait for every client to leave
            try:
                process.wait(FAST_SECONDS)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGQUIT)  # never SIGKILL: it leaves shared memory
                process.wait()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def tend(self, say: Say) -> None:
        """Keep the server alive: call this once a second from the thread that started it.

        A dead one is started again at once, then after 1, 2, 4 ... 30 s; its log is cut.
        """
        if not self.owns:
            return
        now = time.monotonic()
        if self._process is not None and self._process.poll() is None:
            if now - self._began > HEALTHY_AFTER:
                self._failures = 0
            trim(self._layout.log)
        elif now >= self._next_try:
            self._revive(say, now)

    def _revive(self, say: Say, now: float) -> None:
        say("PostgreSQL ended unexpectedly; starting it again")
        self._next_try = now + min(2.0**self._failures, LONGEST_BACKOFF)
        self._failures += 1
        account = server_account()
        sockets = socket_folder(self._layout.folder, account=account)
        try:
            self._serve(account, sockets, say)
        except CannotServe as refused:
            say(str(refused))

    def _lock_or_join(self, sockets: Path, say: Say) -> bool:
        """Return whether the lock is ours now; False when the holder's server answers."""
        wait = _Wait("waiting for the PostgreSQL that another process runs", say)
        while True:
            self._lock = try_lock(self._layout)
            if self._lock is not None:
                return True
            if self._layout.cluster.exists() and ask(sockets) == "up":
                return False
            wait.turn()

    def _serve(self, account: Account, sockets: Path, say: Say) -> None:
        """Bring up the server, holding the lock."""
        layout = self._layout
        self._refuse_old_majors()
        programs = binaries(MAJOR, account=account, copies=layout.copies, wheel=self._wheel)
        quick = () if self._durable else ("--no-sync",)
        make_cluster(layout, programs, account=account, options=quick)
        clear_away(layout.cluster, say)
        trim(layout.log)
        self._process = self._fork(programs, account, sockets)
        self._began = time.monotonic()
        self._await(self._process, sockets, say)

    def _refuse_old_majors(self) -> None:
        old = self._layout.old_majors()
        if old and not self._layout.cluster.exists():
            raise CannotServe(
                f"the data in {self._layout.folder} is of PostgreSQL {old[0]}; "
                f"run `foundation db upgrade` to bring it to {MAJOR}"
            )

    def _fork(self, programs: Binaries, account: Account, sockets: Path) -> subprocess.Popen[bytes]:
        settings = SETTINGS | ({} if self._durable else NOT_DURABLE)
        command = [
            programs.program("postgres"),
            "-D",
            str(self._layout.cluster),
            "-k",
            str(sockets),
        ]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self._layout.log.open("ab") as log:
            return subprocess.Popen(
                command,
                **account.become(),
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,  # Ctrl-C reaches us, and the workers leave before the server
                preexec_fn=ending_with_us(signal.SIGINT),  # noqa: PLW1509  # one thread: start() checks it
            )

    def _await(self, process: subprocess.Popen[bytes], sockets: Path, say: Say) -> None:
        wait = _Wait("PostgreSQL is recovering", say)
        while ask(sockets) != "up":
            if process.poll() is not None:
                raise CannotServe(f"PostgreSQL does not start: {last_words(self._layout.log)}")
            wait.turn()

    def _address(self, sockets: Path) -> Secret:
        try:
            password = self._layout.password.read_text("ascii").strip()
        except OSError as gone:
            raise CannotServe(
                f"the password {self._layout.password} cannot be read: {gone.strerror}"
            ) from None
        return Secret(
            f"postgresql://{USER}:{quote(password)}@/{DATABASE}?host={quote(str(sockets))}"
        )


class _Wait:
    """Waits in small steps and says every few seconds what for."""

    def __init__(self, what: str, say: Say) -> None:
        self._what, self._say = what, say
        self._began = time.monotonic()
        self._told = self._began

    def turn(self) -> None:
        """Wait a little."""
        time.sleep(0.01)
        now = time.monotonic()
        if now - self._told >= PROGRESS_SECONDS:
            self._told = now
            self._say(f"{self._what} ({now - self._began:.0f} s)")
