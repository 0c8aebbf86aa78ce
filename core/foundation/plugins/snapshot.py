"""What a started plugin shows and serves, as the ledger remembers it."""

from foundation.auth.permissions import Permission
from foundation.plugins.contributions import NavEntry
from foundation.plugins.memory import SectionSnapshot, Snapshot
from foundation.plugins.pages import Placeholder
from foundation.plugins.registry import Loaded


def snapshot_of(plugin: Loaded) -> Snapshot:
    """Return what *plugin* shows and serves now."""
    added = plugin.contributions
    sections = tuple(section_snapshot(entry) for entry in added.navigation)
    return Snapshot(sections=sections, prefixes=added.prefixes)


def section_snapshot(entry: NavEntry) -> SectionSnapshot:
    """Return one section as it is remembered, with the roles that may see it."""
    permission, roles = "", tuple[str, ...]()
    if isinstance(entry.needs, Permission):
        permission, roles = entry.needs.name, tuple(sorted(entry.needs.roles))
    return SectionSnapshot(
        section=entry.section,
        title=entry.title,
        icon=entry.icon,
        group=entry.group,
        weight=entry.weight,
        permission=permission,
        roles=roles,
        placeholder=isinstance(entry.page, Placeholder),
    )
