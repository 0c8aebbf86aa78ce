"""One plugin alone, with what it needs and wants: for a command of it, which serves nobody else."""

from collections.abc import Iterable, Iterator, Mapping

from packaging.requirements import Requirement

from foundation.plugins.loader import load
from foundation.plugins.memory import Memory
from foundation.plugins.registry import Loaded, Registry
from foundation.plugins.scan import Installed
from foundation.settings import PluginChoice


def load_alone(
    id: str,
    settings: PluginChoice,
    *,
    installed: Iterable[Installed],
    environ: Mapping[str, str],
    memory: Memory,
    dangerous: Mapping[str, str],
) -> Registry:
    """Load plugin *id*, what its manifest names, and whoever offers the ports it asks for.

    Nothing else is imported, so a broken neighbour is never met. What is needed is known only
    once the plugin is loaded, so it is loaded again with each more that it names.
    """
    there = list(installed)
    ids = {one.id for one in there}
    only = {id}
    while True:
        registry = load(
            settings,
            installed=there,
            environ=environ,
            memory=memory,
            dangerous=dangerous,
            only=only,
        )
        named = {name for one in registry.plugins if one.id in only for name in _named(one)}
        if named & ids <= only:
            return registry
        only |= named & ids


def _named(plugin: Loaded) -> Iterator[str]:
    """Name the plugins that this one speaks of: a port begins with the id of whoever offers it."""
    if plugin.manifest is not None:
        for text in (*plugin.manifest.requires, *plugin.manifest.after):
            yield Requirement(text).name
    services = plugin.contributions.services
    for port in (*services.needs, *services.wants):
        yield port.name.partition(".")[0]
