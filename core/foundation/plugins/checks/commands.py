"""Checks of the hook ``commands``: names that can be typed, help, an async function, options."""

import inspect
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from foundation.plugins.contributions import Command
from foundation.plugins.forms import OutsideSubset
from foundation.plugins.options import options_of

NAME = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")
OWN = "--help"
"""The option that every command has."""

TAKEN = frozenset(
    {
        *("serve", "worker", "dev", "db", "keys", "plugin", "audit", "admin", "session"),
        *("backup", "restore", "doctor", "settings"),
    }
)
"""The commands of core: ``foundation audit`` is the platform's, whichever plugin is called so."""


def command_problems(id: str, commands: Sequence[Command]) -> list[str]:
    """Return what is wrong with the commands of plugin *id*."""
    if commands and id in TAKEN:
        return [f"adds commands, and `foundation {id}` is a command of core"]
    problems = [
        f"command {name!r} is declared twice"
        for name, count in sorted(Counter(one.name for one in commands).items())
        if count > 1
    ]
    for one in commands:
        problems += [f"command {one.name!r} {problem}" for problem in _problems(one)]
    return problems


def _problems(one: Command) -> Iterator[str]:
    if not NAME.match(one.name):
        yield "is not named in lower case words with - between"
    if not one.help.strip():
        yield "has no help"
    if not inspect.iscoroutinefunction(one.run):
        yield "runs something that is no async function"
    params: object = one.params  # a plugin may have silenced its type checker
    if not isinstance(params, type) or not issubclass(params, BaseModel):
        yield "has parameters that are no pydantic model"
        return
    try:
        options = options_of(params)
    except OutsideSubset as outside:
        yield f"has parameters no option can give: {outside}"
        return
    spelt = Counter([OWN, *(way for option in options for way in option.spellings)])
    for way in sorted(way for way, count in spelt.items() if count > 1):
        yield f"has two options {way}"
