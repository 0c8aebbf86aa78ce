"""From the registry and the parts of the process to what the API shows of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from foundation import __version__
from foundation.auth.permissions import Public
from foundation.builtin.system.schemas import (
    HealthPart,
    HealthView,
    PluginClaim,
    PluginFault,
    Plugins,
    PluginTable,
    PluginView,
    PublicRoute,
    QuarantinedPart,
    RefusedPart,
)
from foundation.plugins.estate import NOTHING, Estate
from foundation.plugins.ledger import REMOVED
from foundation.plugins.memory import Remembered
from foundation.plugins.registry import Loaded
from foundation.plugins.running import Running
from foundation.ports import Part


def plugins_view(running: Running, estates: Mapping[str, Estate] | None = None) -> Plugins:
    """Return every plugin that is here, and those that were and left their data.

    *estates* are what plugins have in the database; a plugin purged since the start has nothing.
    """
    had = estates or {}
    registry = running.registry
    gone = [row for row in registry.gone if estates is None or row.id in had]
    here = [_plugin(plugin, running, had.get(plugin.id, NOTHING)) for plugin in registry.plugins]
    return Plugins(items=[*here, *(_gone(row, had.get(row.id, NOTHING)) for row in gone)])


def health_view(parts: Iterable[Part], *, with_detail: bool) -> HealthView:
    """Return whether the service is ready; only required parts decide."""
    known = tuple(parts)
    return HealthView(
        live=True,
        ready=all(part.ok for part in known if part.required),
        version=__version__,
        parts=[
            HealthPart(
                name=part.name,
                ok=part.ok,
                required=part.required,
                detail=(part.detail or None) if with_detail else None,
            )
            for part in known
        ],
    )


def _plugin(plugin: Loaded, running: Running, estate: Estate) -> PluginView:
    added, manifest = plugin.contributions, plugin.manifest
    since = running.registry.memory.since(plugin.id, plugin.state.value)
    return PluginView(
        id=plugin.id,
        title=plugin.title or plugin.id,
        dist=plugin.dist,
        version=plugin.version,
        builtin=plugin.builtin,
        required=plugin.id in running.required,
        state=plugin.state.value,
        reason=plugin.reason or None,
        mend=plugin.mend or None,
        trace=plugin.trace or None,
        since=since or None,
        owner=(manifest.owner or None) if manifest else None,
        docs=(manifest.docs or None) if manifest else None,
        sections=[entry.section for entry in added.navigation],
        prefixes=list(added.prefixes),
        permissions=[permission.name for permission in added.permissions],
        events=[event.name for event in added.events],
        public=_public(plugin),
        refused=[RefusedPart(part=part.part, reason=part.reason) for part in plugin.refused],
        start_ms=plugin.start_ms,
        allowed=plugin.allowed or None,
        **_estate(estate),
    )


def _public(plugin: Loaded) -> list[PublicRoute]:
    return [
        PublicRoute(
            method=route.method,
            path=f"/api/{router.prefix}{route.path.rstrip('/')}",
            reason=route.needs.reason,
        )
        for router in plugin.contributions.routers
        for route in router.routes
        if isinstance(route.needs, Public)
    ]


def _estate(estate: Estate) -> dict[str, Any]:  # fields of PluginView
    fault = estate.fault
    return {
        "enabled": estate.enabled,
        "tables": [
            PluginTable(name=table.name, rows=table.rows, exact=table.is_exact)
            for table in estate.tables
        ],
        "claims": [PluginClaim(kind=kind, name=name) for kind, name in estate.claims],
        "quarantine": [
            QuarantinedPart(
                part=kept.part,
                reason=kept.reason,
                since=kept.since.isoformat(),
                probe_at=kept.probe_at.isoformat(),
            )
            for kept in estate.kept
        ],
        "last_fault": PluginFault(
            at=fault.at.isoformat(), fault=fault.fault, request_id=fault.request_id
        )
        if fault
        else None,
    }


def _gone(row: Remembered, estate: Estate) -> PluginView:
    return PluginView(
        id=row.id,
        title=row.title,
        dist=row.dist,
        version=row.version,
        builtin=False,
        required=False,
        state=REMOVED,
        reason="its distribution is not installed any more; its data is still here",
        mend=f"pip install {row.dist}",
        trace=None,
        since=row.changed_at.isoformat() if row.state == REMOVED else None,
        owner=None,
        docs=None,
        sections=[seen.section for seen in row.snapshot.sections],
        prefixes=list(row.snapshot.prefixes),
        permissions=[],
        events=[],
        public=[],
        refused=[],
        start_ms=0,
        allowed=None,
        **_estate(estate),
    )
