"""How a command refuses: what an operator can mend as clear lines, and an exit code."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, NoReturn

import click
from sqlalchemy.exc import DBAPIError

from foundation.db.address import BadAddress, Unreachable
from foundation.db.embedded import CannotServe
from foundation.db.faults import in_words
from foundation.settings import SettingsRefused

REFUSED = 2

Lines = Callable[[Any], Iterable[str]]  # of the fault it stands beside in a table


def _own_words(fault: Exception) -> list[str]:
    return [str(fault)]


def _of_file(fault: OSError) -> list[str]:
    words = fault.strerror or str(fault)
    return [f"{fault.filename}: {words}" if fault.filename else words]


def _of_address(away: Unreachable) -> list[str]:
    return [f"the database cannot be reached: {away.reason}; look at FOUNDATION_DATABASE_URL"]


ALWAYS: Mapping[type[Exception], Lines] = MappingProxyType(
    {
        SettingsRefused: lambda refused: refused.problems,
        BadAddress: lambda bad: [f"FOUNDATION_DATABASE_URL: {bad}"],
        Unreachable: _of_address,
        DBAPIError: lambda fault: [f"the database refuses: {in_words(fault)}"],
        CannotServe: _own_words,
    }
)
"""What every command may meet."""

WORDS: Mapping[type[Exception], Lines] = MappingProxyType({**ALWAYS, OSError: _of_file})
"""How it is told; what is not in here has words of its own."""

NO_CODES: Mapping[type[Exception], int] = MappingProxyType({})


@contextmanager
def refusals(
    *also: type[Exception], codes: Mapping[type[Exception], int] = NO_CODES
) -> Iterator[None]:
    """Turn what an operator can mend into one clear line each, and exit code 2.

    A command names in *also* what else it may meet, and in *codes* what ends it with another
    code. The nearest class of a fault decides; what is in none of them is a fault of ours.
    """
    known = {*ALWAYS, *also, *codes}
    try:
        yield
    except tuple(known) as fault:
        kind = next(one for one in type(fault).__mro__ if one in known)
        lines, code = WORDS.get(kind, _own_words)(fault), codes.get(kind, REFUSED)
    else:
        return
    refuse(lines, code=code)


def refuse(lines: Iterable[str], *, code: int = REFUSED) -> NoReturn:
    """End the command with *code*, telling *lines*."""
    for line in lines:
        click.secho(line, fg="red", err=True)
    raise SystemExit(code)
