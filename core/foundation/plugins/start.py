"""The start of the plugins in one call: remember, load, fit, enter, refuse if strict, note."""

from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager

from foundation.db.engine import Database
from foundation.plugins import ledger
from foundation.plugins.fit import fit
from foundation.plugins.lifespan import entered
from foundation.plugins.loader import load
from foundation.plugins.registry import Registry
from foundation.plugins.scan import Installed
from foundation.settings import PluginChoice
from foundation.telemetry.logging import logger
from foundation.telemetry.metrics import set_plugin_start, set_plugin_state


class PluginsRefused(Exception):
    """Strict mode, and some plugins did not start; *problems* has one line for each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@asynccontextmanager
async def running_plugins(
    settings: PluginChoice,
    *,
    database: Database,
    environ: Mapping[str, str],
    installed: Iterable[Installed] | None = None,
) -> AsyncIterator[Registry]:
    """Start every plugin that can be started and give the final registry; leave them at the end.

    Raises `PluginsRefused` in strict mode when any could not. Raises what the database raises
    when it is away: the caller tries again later.
    """
    memory = await ledger.remember(database)
    loaded = load(settings, installed=installed, environ=environ, memory=memory)
    fitting = await fit(loaded, database)
    async with entered(fitting) as registry:
        if settings.plugins_mode == "strict":
            refuse(registry)
        await ledger.write(database, registry)
        _tell(registry)
        yield registry


def refuse(registry: Registry) -> None:
    """Raise `PluginsRefused` if any plugin did not start or any part of one is refused."""
    problems = [f"{one.id} ({one.dist}): {one.state}: {one.reason}" for one in registry.faults]
    problems += [
        f"{one.id} ({one.dist}): {part.part} refused: {part.reason}"
        for one in registry.started
        for part in one.refused
    ]
    if problems:
        raise PluginsRefused(problems)


def _tell(registry: Registry) -> None:
    for plugin in registry.plugins:
        set_plugin_state(plugin.id, plugin.state.value)
        set_plugin_start(plugin.id, plugin.start_ms / 1000)
    for plugin in registry.faults:
        logger(plugin.id).error(
            "plugin_not_started",
            state=plugin.state.value,
            reason=plugin.reason,
            mend=plugin.mend,
            trace=plugin.trace,
        )
    for plugin in registry.started:
        for part in plugin.refused:
            logger(plugin.id).error("plugin_part_refused", part=part.part, reason=part.reason)
