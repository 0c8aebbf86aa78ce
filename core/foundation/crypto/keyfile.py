"""The key ring's file: lines ``kid base64(32 bytes)`` and one ``active kid``, nothing else.

A file that is not exactly that is refused with the line and the reason. A reason never holds
any of the content: a mistyped line may be a key.
"""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foundation.crypto.derive import key_from_text

KID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
ACTIVE = "active"


class RingRefused(Exception):  # the case, as everywhere here
    """The ring's file cannot be used; the text says why, and where."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of a ring by their ids, and the id of the one that writes."""

    by_kid: Mapping[str, bytes] = field(repr=False)
    active: str


def read_keys(path: Path) -> Keys:
    """Read the ring at *path*; raises `RingRefused`.

    A file that everybody on the machine can read is refused: its keys count as known.
    """
    try:
        mode = path.stat().st_mode
        content = path.read_bytes()
    except OSError as unreadable:
        raise RingRefused(f"the key ring cannot be read: {unreadable.strerror}") from None
    if stat.S_IMODE(mode) & 0o007:
        raise RingRefused("everybody may read the key ring; give it mode 0400")
    return parse_keys(content)


def parse_keys(content: bytes) -> Keys:
    """Return the keys that *content* writes; raises `RingRefused` with line and reason."""
    if content.startswith(b"\xef\xbb\xbf"):
        raise RingRefused("line 1: the key ring starts with a byte order mark; save it without")
    if b"\r" in content:
        raise RingRefused("the key ring has Windows line ends; save it with plain ones")
    try:
        lines = content.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise RingRefused("the key ring holds bytes that are not plain ASCII text") from None
    keys: dict[str, bytes] = {}
    active: list[str] = []
    for number, line in enumerate(lines, start=1):
        if line:
            _read_line(line, where=f"line {number}", keys=keys, active=active)
    if not keys:
        raise RingRefused("the key ring is empty")
    if len(active) != 1:
        raise RingRefused("the key ring needs exactly one line 'active <kid>'")
    if active[0] not in keys:
        raise RingRefused("the key ring's active line names a kid that no line has")
    return Keys(keys, active[0])


def _read_line(line: str, *, where: str, keys: dict[str, bytes], active: list[str]) -> None:
    first, space, second = line.partition(" ")
    if not space or not KID.fullmatch(first):
        raise RingRefused(f"{where}: expected '<kid> <base64 of 32 bytes>' or 'active <kid>'")
    if first == ACTIVE:
        active.append(second)
        return
    if first in keys:
        raise RingRefused(f"{where}: this kid was already given above")
    key = key_from_text(second)
    if key is None:
        raise RingRefused(f"{where}: the key is not 32 bytes of base64")
    keys[first] = key
