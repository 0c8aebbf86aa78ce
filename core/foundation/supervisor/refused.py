"""Why Foundation does not start, as one line that says what to do, and the exit code."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of ``foundation serve``."""

    DRAINED = 0
    SETTINGS = 2
    NOT_STARTED = 3
    CRASH_LOOP = 4
    CUT = 5
    HELD = 6


class Refused(Exception):
    """Foundation cannot start; the text is for a person, *code* for whatever started it."""

    def __init__(self, code: Exit, text: str) -> None:
        super().__init__(text)
        self.code = code
