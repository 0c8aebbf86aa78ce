"""Holding the data folder and the port: a second server must not join either in silence."""

import errno
import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foundation.supervisor.refused import Exit, Refused


@dataclass(frozen=True, slots=True)
class Hold:
    """What is held: *folder* for the files of this run, and the address to listen on."""

    folder: Path
    family: socket.AddressFamily
    address: tuple[str, int]

    def listener(self) -> socket.socket:
        """Return a socket bound to the address that shares it with other slots' sockets.

        It does not listen yet: the kernel sends it connections only once a worker does.
        """
        bound = socket.socket(self.family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        bound.bind(self.address)
        return bound


@contextmanager
def held(data: Path, *, host: str, port: int) -> Iterator[Hold]:
    """Hold the folder *data* and the port while the block runs; raises `Refused`."""
    folder = _folder(data)
    lock = _lock(data, folder)
    try:
        family, address = _address(host, port)
        _probe(family, address)
        yield Hold(folder, family, address)
    finally:
        os.close(lock)


def _folder(data: Path) -> Path:
    try:
        # PostgreSQL runs as a user of its own below root's folder, so that one can be entered.
        _make(data, mode=0o711 if os.geteuid() == 0 else 0o700)
        folder = data / "run"
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / "writable").touch()
    except OSError as refused:
        raise Refused(
            Exit.SETTINGS,
            f"the data folder {data} cannot be written: {refused.strerror}. Make it writable, or "
            "choose another: FOUNDATION_DATA=/path/to/folder",
        ) from None
    return folder


def _make(folder: Path, *, mode: int) -> None:
    """Make a folder with those above it; the mode of one that is there is never changed."""
    if folder.is_dir():
        return
    if folder.exists():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    _make(folder.parent, mode=mode)
    folder.mkdir(exist_ok=True)
    folder.chmod(mode)  # the umask may have taken bits away


def _lock(data: Path, folder: Path) -> int:
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(lock)
        raise Refused(
            Exit.HELD,
            f"another Foundation (pid {holder}) uses the data folder {data}. Stop it, or choose "
            "another folder: FOUNDATION_DATA=/path/to/folder",
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock


def holder_of(data: Path) -> int | None:
    """Return the pid of the server that holds the folder *data*, or None if none does."""
    try:
        lock = os.open(data / "run" / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace").strip()
        return int(holder) if holder.isdecimal() else None
    finally:
        os.close(lock)
    return None


def _address(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as unknown:
        raise Refused(
            Exit.SETTINGS, f"FOUNDATION_HOST: {host} is no address here: {unknown.strerror}"
        ) from None
    family, _, _, _, address = found[0]
    return family, (str(address[0]), int(address[1]))


def provider_port(data: Path, *, near: int) -> int:
    """Return the port of the development sign-in: chosen once, *near* if it is free, then kept.

    People are known by the sign-in's address, so another port would make strangers of them.
    """
    kept = data / "sign-in.port"
    loopback = socket.AF_INET, "127.0.0.1"
    if kept.is_file() and kept.read_text("ascii").strip().isdecimal():
        port = int(kept.read_text("ascii"))
        if not _is_free(*loopback, port):
            raise Refused(
                Exit.HELD,
                f"port {port} of the development sign-in is taken. Stop the program that has it, "
                f"or remove {kept}; people then sign in as newcomers",
            )
        return port
    port = near if near <= 65535 and _is_free(*loopback, near) else _any_free(*loopback)
    kept.write_text(f"{port}\n", "ascii")
    return port


def _is_free(family: socket.AddressFamily, host: str, port: int) -> bool:
    try:
        _probe(family, (host, port))
    except Refused:
        return False
    return True


def _any_free(family: socket.AddressFamily, host: str) -> int:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def _probe(family: socket.AddressFamily, address: tuple[str, int]) -> None:
    """Bind without sharing, since a shared bind would succeed beside another server."""
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as taken:
            raise Refused(Exit.HELD, _why(address, taken)) from None


def _why(address: tuple[str, int], taken: OSError) -> str:
    host, port = address
    if isinstance(taken, PermissionError):
        return (
            f"port {port} needs a right this user does not have. Choose one above 1023: "
            "FOUNDATION_PORT=3000"
        )
    return (
        f"port {port} on {host} cannot be used: {taken.strerror}. Stop the program that has it, or "
        f"choose another: FOUNDATION_PORT={port + 1}"
    )
