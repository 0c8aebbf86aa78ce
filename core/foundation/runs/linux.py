"""What only Linux can be asked for about a process; elsewhere the answer is no."""

import ctypes
import sys

_PDEATHSIG, _NAME, _CHILD_SUBREAPER = 1, 15, 36


def end_with_parent(signal: int) -> bool:
    """Have this process sent *signal* when its parent ends; look afterwards whether it has."""
    return _prctl(_PDEATHSIG, signal)


def be_called(name: str) -> bool:
    """Let ``top`` and ``ps -o comm`` call this process *name*, of at most 15 letters."""
    return _prctl(_NAME, ctypes.c_char_p(name.encode()))


def take_in_orphans(*, yes: bool) -> bool:
    """Let this process become the parent of what its children leave behind, or no longer."""
    return _prctl(_CHILD_SUBREAPER, int(yes))


def _prctl(option: int, value: object) -> bool:
    if sys.platform != "linux":
        return False
    return bool(ctypes.CDLL(None).prctl(option, value, 0, 0, 0) == 0)
