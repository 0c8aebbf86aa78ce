"""What to tell of an exception in a plugin: its words, and the plugin's own file and line."""

import re
import traceback
from pathlib import Path

_NEEDS_MISSING = re.compile(r"\bRouter\.\w+\(\) missing .*'needs'")


def told(error: BaseException, *, module: str) -> str:
    """Return one line: what was raised, and where in the package of *module* it came from."""
    place = _place(error, module.partition(".")[0])
    words = str(error) or "no message"
    if isinstance(error, SystemExit):
        said = f"it called sys.exit({error.code!r})"
    elif isinstance(error, SyntaxError):
        said = f"SyntaxError: {error.msg}"
    else:
        said = f"{type(error).__name__}: {words.splitlines()[0]}"
    return f"{said} ({place})" if place else said


def where_of(error: BaseException, *, module: str) -> str:
    """Return what was raised and where, without its words: those may hold anything at run time."""
    place = _place(error, module.partition(".")[0])
    name = type(error).__name__
    return f"{name} ({place})" if place else name


def without_needs(error: BaseException) -> str | None:
    """Return the route that was written without ``needs=``, or None for any other exception.

    The decorator has no default for it, so Python refuses the call; the line of the plugin that
    made it names the method and the path.
    """
    if not isinstance(error, TypeError) or not _NEEDS_MISSING.search(str(error)):
        return None
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).parent.name}/{Path(last.filename).name}, line {last.lineno}"
    return f"a route has no needs=: {last.line} ({place})"


def trace_of(error: BaseException, *, module: str) -> str:
    """Return the traceback from the plugin's own first line on; the way there is ours, not theirs.

    For people who may read plugins; a card never shows it.
    """
    package = module.partition(".")[0]
    start = error.__traceback__
    while start is not None and package not in Path(start.tb_frame.f_code.co_filename).parts:
        start = start.tb_next
    return "".join(traceback.format_exception(type(error), error, start or error.__traceback__))


def _place(error: BaseException, package: str) -> str:
    """Return the last file and line of the plugin that the exception passed through."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_short(error.filename, package)}, line {error.lineno}"
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if package in Path(frame.filename).parts
    ]
    if not frames:
        return ""
    return f"{_short(frames[-1].filename, package)}, line {frames[-1].lineno}"


def _short(filename: str, package: str) -> str:
    parts = Path(filename).parts
    start = len(parts) - 1 - parts[::-1].index(package) if package in parts else len(parts) - 1
    return "/".join(parts[start:])
