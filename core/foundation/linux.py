"""What only Linux can be asked for about a process (prctl(2)); elsewhere the answer is no."""

import ctypes
import os
import sys
from collections.abc import Callable

_PDEATHSIG, _NAME, _CHILD_SUBREAPER = 1, 15, 36
# Found before anything forks: in a child with another thread's locks it could not be looked for.
_LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(signal: int) -> bool:
    """Have this process sent *signal* when its parent ends; look afterwards whether it has.

    The kernel watches the parent's *thread* that forked.
    """
    return _prctl(_PDEATHSIG, signal)


def ending_with_us(signal: int) -> Callable[[], None]:
    """Return what a program that we start does first, so that it never outlives this process.

    For ``preexec_fn``: it runs between fork and exec, and after a change of user, which would clear
    the *signal* again.
    """
    us = os.getpid()

    def prepare() -> None:
        end_with_parent(signal)
        if os.getppid() != us:
            os._exit(1)

    return prepare


def be_called(name: str) -> bool:
    """Let ``top`` and ``ps -o comm`` call this process *name*, of at most 15 letters."""
    return _prctl(_NAME, ctypes.c_char_p(name.encode()))


def take_in_orphans(*, yes: bool) -> bool:
    """Let this process become the parent of what its children leave behind, or no longer."""
    return _prctl(_CHILD_SUBREAPER, int(yes))


def _prctl(option: int, value: object) -> bool:
    return _LIBRARY is not None and _LIBRARY.prctl(option, value, 0, 0, 0) == 0
