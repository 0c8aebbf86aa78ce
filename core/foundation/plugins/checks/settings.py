"""Checks of the hook ``settings``: every variable belongs to one plugin and has a right value."""

from collections.abc import Collection, Iterable, Mapping

from pydantic import ValidationError

from foundation.plugins.claims import Claims
from foundation.plugins.settings import PluginSettings
from foundation.settings import PREFIX, collect, describe, unknown_variables


class SettingsWrong(Exception):
    """Settings of a plugin are wrong; each of *problems* names a variable and never a value."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def plugin_settings(
    id: str, model: type[PluginSettings], *, environ: Mapping[str, str], claims: Claims
) -> PluginSettings:
    """Read the settings of plugin *id*; raises `SettingsWrong` with all that is wrong."""
    prefix = f"{PREFIX}{id.upper()}_"
    names = variables_of(id, model)
    problems = [
        f"{name}: belongs to {holder} already"
        for name in sorted(names)
        if (holder := claims.variables.get(name))
    ]
    values, unreadable = collect(environ, model.model_fields, prefix)
    problems += unreadable
    try:
        settings = model(**values)
    except ValidationError as refused:
        raise SettingsWrong([*problems, *describe(refused, prefix)]) from None
    if problems:
        raise SettingsWrong(problems)
    return settings


def variables_of(id: str, model: type[PluginSettings]) -> frozenset[str]:
    """Return the environment variables that a plugin's settings model reads."""
    return frozenset(f"{PREFIX}{id.upper()}_{field.upper()}" for field in model.model_fields)


def stray_variables(
    id: str, *, environ: Mapping[str, str], known: Collection[str], installed: Collection[str]
) -> list[str]:
    """Return a line for each variable that bears the plugin's name and that nobody reads.

    ``FOUNDATION_ETL_STUB_URL`` bears the name of ``etl_stub`` where both that and ``etl`` are
    installed, so a longer id wins.
    """
    mine = f"{PREFIX}{id.upper()}_"
    longer = tuple(
        f"{PREFIX}{other.upper()}_"
        for other in installed
        if other != id and other.startswith(f"{id}_")
    )
    own = {
        name: ""
        for name in environ
        if name.startswith(mine) and not (longer and name.startswith(longer))
    }
    return unknown_variables(own, known)
