"""Reads settings out of an environment, one line for each problem and never a value."""

import difflib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from foundation.secret import Secret
from foundation.settings.choice import PluginChoice
from foundation.settings.model import Settings

S = TypeVar("S", bound=BaseModel)

PREFIX = "FOUNDATION_"
PLAIN_NAMES = {"DATABASE_URL": "database_url", "REDIS_URL": "redis_url"}
"""Names the whole field uses; the prefixed form wins."""


class SettingsRefused(Exception):  # the case, as everywhere here
    """Some settings are wrong or missing; *problems* has one line each, naming the variable."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def variable(field: str) -> str:
    """Return the environment variable of a settings field."""
    return PREFIX + field.upper()


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from *environ*; raises `SettingsRefused` with all that is wrong."""
    source = os.environ if environ is None else environ
    values, problems = collect(source, Settings.model_fields, PREFIX)
    for plain, field in PLAIN_NAMES.items():
        if field not in values and source.get(plain):
            values[field] = source[plain]
    return _checked(Settings, values, problems)


def read_choice(environ: Mapping[str, str] | None = None) -> PluginChoice:
    """Read only what loading plugins needs; raises `SettingsRefused` as `read_settings` does."""
    source = os.environ if environ is None else environ
    values, problems = collect(source, PluginChoice.model_fields, PREFIX)
    return _checked(PluginChoice, values, problems)


def read_database_url(environ: Mapping[str, str] | None = None) -> Secret | None:
    """Read only the database's address, or None when it is not set; raises `SettingsRefused`."""
    source = os.environ if environ is None else environ
    values, problems = collect(source, ["database_url"], PREFIX)
    if problems:
        raise SettingsRefused(problems)
    plain = next(name for name, field in PLAIN_NAMES.items() if field == "database_url")
    given = values.get("database_url") or source.get(plain)
    return Secret(given) if given else None


def _checked(model: type[S], values: dict[str, Any], problems: list[str]) -> S:
    try:
        settings = model(**values)
    except ValidationError as refused:
        raise SettingsRefused([*problems, *describe(refused, PREFIX)]) from None
    if problems:
        raise SettingsRefused(problems)
    return settings


def collect(
    environ: Mapping[str, str], fields: Iterable[str], prefix: str
) -> tuple[dict[str, Any], list[str]]:
    """Gather the values of *fields*, ``*_FILE`` included, and what could not be read."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in fields:
        name = prefix + field.upper()
        if name in environ:
            values[field] = environ[name]
        if name + "_FILE" not in environ or field.endswith("_file"):
            continue
        if name in environ:
            problems.append(f"{name}: given twice, as itself and as {name}_FILE; keep one")
            continue
        try:
            values[field] = Path(environ[name + "_FILE"]).read_text("utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as unreadable:
            reason = getattr(unreadable, "strerror", None) or "it is not text"
            problems.append(f"{name}_FILE: cannot be read: {reason}")
    return values, problems


def describe(refused: ValidationError, prefix: str) -> list[str]:
    """Return one line for each problem, naming the variable and never the value."""
    lines = []
    for error in refused.errors(include_input=False, include_url=False):
        where = prefix + str(error["loc"][0]).upper() if error["loc"] else prefix.rstrip("_")
        what = "is missing" if error["type"] == "missing" else error["msg"]
        lines.append(f"{where}: {what.removeprefix('Value error, ')}")
    return lines


def unknown_variables(environ: Mapping[str, str], known: Iterable[str]) -> list[str]:
    """Return a line for each ``FOUNDATION_*`` variable that nobody reads, with the nearest name.

    *known* are full variable names; ``*_FILE`` forms of them are known too.
    """
    names = set(known)
    names |= {name + "_FILE" for name in names}
    # The prefix is left out of the comparison: being common to all, it makes any two names alike.
    short = [name.removeprefix(PREFIX) for name in sorted(names)]
    lines = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in names:
            near = difflib.get_close_matches(name.removeprefix(PREFIX), short, n=1)
            hint = f"; did you mean {PREFIX}{near[0]}?" if near else ""
            lines.append(f"{name}: no such setting{hint}")
    return lines


def misspelt(environ: Mapping[str, str], *, plugins: Iterable[str]) -> list[str]:
    """Return a line for each variable that looks like a setting of core and is none.

    Those that begin like the settings of *plugins*, their ids, are theirs to judge.
    """
    theirs = tuple(variable(plugin) + "_" for plugin in plugins)
    ours = {name: value for name, value in environ.items() if not name.startswith(theirs)}
    return unknown_variables(ours, map(variable, Settings.model_fields))
