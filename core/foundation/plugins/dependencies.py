"""What a plugin needs of others: plugins that must be started, and ports that must be offered."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Any

from packaging.requirements import Requirement

from foundation.plugins.contributions import Manifest
from foundation.plugins.registry import Loaded, Registry, State
from foundation.ports import Port


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a plugin needs and does not have, and the command that mends it."""

    reason: str
    mend: str


def missing_plugin(manifest: Manifest, known: Mapping[str, Loaded]) -> Missing | None:
    """Return the first required plugin that is absent, not started, or of a wrong version."""
    for text in manifest.requires:
        wanted = Requirement(text)
        other = known.get(wanted.name)
        if other is None:
            return Missing(
                f"needs the plugin {wanted.name!r}, which is not installed",
                f"pip install foundation-{wanted.name.replace('_', '-')}",
            )
        if not other.is_started:
            return Missing(
                f"needs the plugin {wanted.name!r}, which is {spoken(other.state)}", other.mend
            )
        if not wanted.specifier.contains(other.version, prereleases=True):
            return Missing(
                f"needs the plugin {text}, and version {other.version} is installed",
                f"pip install --upgrade {other.dist}",
            )
    return None


def settled(registry: Registry) -> Registry:
    """Take out the plugins that need what is not there, and then those that need them.

    Core's own ports (``core.*``) are always there.
    """
    while True:
        offered = registry.offers
        known = {plugin.id: plugin for plugin in registry.plugins[::-1]}
        lost = {
            plugin.id: replace(
                plugin, state=State.MISSING_DEPENDENCY, reason=missing.reason, mend=missing.mend
            )
            for plugin in registry.started
            if (missing := _missing_port(plugin, offered) or _missing(plugin, known))
        }
        if not lost:
            return registry
        registry = registry.marked(lost)


def spoken(state: State) -> str:
    """Return a state as words."""
    return {
        State.IMPORT_ERROR: "failing at import",
        State.MISSING_DEPENDENCY: "missing a dependency",
        State.NEEDS_MIGRATION: "waiting for a migration",
    }.get(state, state.value)


def _missing(plugin: Loaded, known: Mapping[str, Loaded]) -> Missing | None:
    return missing_plugin(plugin.manifest, known) if plugin.manifest else None


def _missing_port(
    plugin: Loaded,
    offered: Container[Port[Any]],  # each port is of its own type
) -> Missing | None:
    for port in plugin.contributions.services.needs:
        if not port.name.startswith("core.") and port not in offered:
            provider = port.name.partition(".")[0]
            return Missing(
                f"needs the port {port.name} {port.major}, which no started plugin offers",
                f"pip install foundation-{provider}",
            )
    return None
