"""The server's socket: where it lies, and what answers on it."""

import hashlib
import os
import socket
import stat
import struct
import sys
import tempfile
from pathlib import Path
from typing import Literal

from foundation.db.embedded.account import Account
from foundation.db.embedded.faults import CannotServe

SOCKET = ".s.PGSQL.5432"
LONGEST = 103 if sys.platform == "darwin" else 107
"""Bytes of ``sockaddr_un.sun_path`` without its closing zero."""

PROTOCOL = 196608
STARTING = b"57P03"

Answer = Literal["up", "starting", "absent"]


def socket_folder(folder: Path, *, account: Account, runtime: Path | None = None) -> Path:
    """Return the folder of the socket: *folder*, or a short private one when its path is too long.

    Raises `CannotServe` when a stranger holds the short one, or it is too long as well.
    """
    if fits(folder):
        return folder
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:16]
    short = (runtime or _runtime_folder(account)) / f"foundation-{name}"
    if not fits(short):
        raise CannotServe(f"the path {folder} is too long for a socket; set FOUNDATION_DATA")
    _claim(short, account)
    return short


def fits(folder: Path) -> bool:
    """Whether a socket in *folder* has a path the kernel takes."""
    return len(os.fsencode(folder / SOCKET)) <= LONGEST


def _runtime_folder(account: Account) -> Path:
    ours = Path("/run") if account.lent else Path(f"/run/user/{account.uid}")
    return ours if os.access(ours, os.W_OK) else Path(tempfile.gettempdir())


def _claim(folder: Path, account: Account) -> None:
    """Make *folder*, or check that it is private: in /tmp anybody could have made it first."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        found = folder.lstat()
        private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
        if not private or found.st_uid not in {account.uid, os.geteuid()}:
            raise CannotServe(f"{folder} belongs to somebody else; remove it") from None
    account.own(folder)


def ask(folder: Path) -> Answer:
    """Return what answers on the socket in *folder*, by the first byte of its greeting.

    A server that still recovers from a crash refuses with 57P03, cannot_connect_now.
    """
    words = b"user\0foundation\0database\0postgres\0\0"
    hello = struct.pack("!ii", len(words) + 8, PROTOCOL) + words
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(5)
        try:
            line.connect(str(folder / SOCKET))
            line.sendall(hello)
            answer = line.recv(1024)
        except TimeoutError:
            return "starting"
        except OSError:
            return "absent"
    if not answer:
        return "starting"
    return "starting" if answer[:1] == b"E" and STARTING in answer else "up"
