"""The answer for a route whose plugin did not start: 503, which plugin, and what mends it."""

from collections.abc import Callable, Mapping

from foundation.errors import Unavailable
from foundation.plugins.registry import Registry, State


class PluginAway(Unavailable):
    """A plugin that should answer here did not start; one class for each state."""

    code, title = "plugin_failed", "The plugin behind this did not start"


class PluginIncompatible(PluginAway):
    """It was made for another version."""

    code = "plugin_incompatible"


class PluginMissesDependency(PluginAway):
    """Something it needs is not there."""

    code = "plugin_missing_dependency"


class PluginImportError(PluginAway):
    """It could not be imported."""

    code = "plugin_import_error"


class PluginInvalid(PluginAway):
    """It breaks the contract."""

    code = "plugin_invalid"


class PluginNeedsMigration(PluginAway):
    """Its tables are older than its code."""

    code = "plugin_needs_migration"


class PluginQuarantined(PluginAway):
    """It failed too often, and is tried again after a while."""

    code, title = "plugin_quarantined", "The plugin behind this failed too often"


CASES: Mapping[State, type[PluginAway]] = {
    State.INCOMPATIBLE: PluginIncompatible,
    State.MISSING_DEPENDENCY: PluginMissesDependency,
    State.IMPORT_ERROR: PluginImportError,
    State.INVALID: PluginInvalid,
    State.NEEDS_MIGRATION: PluginNeedsMigration,
    State.FAILED: PluginAway,
    State.QUARANTINED: PluginQuarantined,
}

RETRY = {"Retry-After": "60"}


def away(registry: Registry) -> Callable[[str], PluginAway | None]:
    """Return what tells, for a path nobody serves, whether a plugin that is away owns it."""

    def tell(path: str) -> PluginAway | None:
        prefix = path.removeprefix("/api/").partition("/")[0]
        plugin = registry.away(prefix)
        if plugin is None:
            return None
        title = plugin.title or plugin.id
        return CASES[plugin.state](
            f"{title} is not running; whoever runs Foundation can mend it",
            headers=RETRY,
            plugin=plugin.id,
            command=plugin.mend,
        )

    return tell
