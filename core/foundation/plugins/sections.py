"""Which sections a person sees: started ones, placeholders nobody replaced, and faults in place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foundation.auth.permissions import Permission, Role
from foundation.auth.principal import Principal
from foundation.auth.roles import permissions_of
from foundation.plugins.contributions import NavEntry, PaletteCommand
from foundation.plugins.memory import SectionSnapshot
from foundation.plugins.pages import BuiltinPage, FramePage, ModulePage, Placeholder, ResourcePage
from foundation.plugins.preflight import Bundle
from foundation.plugins.registry import Loaded, Registry
from foundation.plugins.resource_spec import resource_spec
from foundation.plugins.route_map import RouteMap
from foundation.plugins.snapshot import section_snapshot

Json = dict[str, Any]  # plain values of any kind, as the browser reads them

READ_PLUGINS = "system:plugin:read"
"""The permission to see why a plugin does not work."""

GROUPS = ("main", "data", "admin", "extra")


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the sidebar and the page behind it, as ``Section`` of web.md."""

    id: str
    plugin: str
    api: str
    title: str
    icon: str
    group: str
    weight: int
    ui: Json
    palette: tuple[str, ...] = ()
    commands: tuple[PaletteCommand, ...] = ()
    find: str = ""
    runs: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """A section that a person may not open: its address names the permission it takes."""

    id: str
    title: str
    needs: str


def sections_for(registry: Registry, principal: Principal) -> list[Section]:
    """Return the sections *principal* sees, in the order of the sidebar.

    A broken plugin keeps its place; a placeholder shows only where no plugin claims its section
    with a page of its own, broken ones included.
    """
    claims = [*_started(registry), *_broken(registry)]
    owners = _owners(claims)
    shown = [
        claim.draw(principal)
        for claim in claims
        if owners[claim.seen.section] is claim and _may_see(principal, claim)
    ]
    shown += [_nameless(plugin, principal) for plugin in _unplaced(registry, principal)]
    return sorted(shown, key=lambda one: (GROUPS.index(one.group), one.weight, one.title))


def closed_for(registry: Registry, principal: Principal) -> list[Closed]:
    """Return the sections *principal* may not open, each with the permission it takes.

    Nothing for somebody whom nobody has given a role: they learn nothing of what is installed.
    """
    if principal.is_anonymous or not principal.permissions:
        return []
    claims = [*_started(registry), *_broken(registry)]
    owners = _owners(claims)
    return [
        Closed(claim.seen.section, claim.seen.title, claim.seen.permission)
        for claim in claims
        if owners[claim.seen.section] is claim and not _may_see(principal, claim)
    ]


@dataclass(frozen=True, slots=True)
class _Claim:
    """One plugin's claim of a section: how it looks, and how its page is drawn for a person."""

    plugin: Loaded
    seen: SectionSnapshot
    draw: Callable[[Principal], Section]


def _owners(claims: Iterable[_Claim]) -> Mapping[str, _Claim]:
    """Give each section to its first real claim, else to its first placeholder."""
    owners: dict[str, _Claim] = {}
    for claim in claims:
        holder = owners.get(claim.seen.section)
        if holder is None or (holder.seen.placeholder and not claim.seen.placeholder):
            owners[claim.seen.section] = claim
    return owners


def _started(registry: Registry) -> list[_Claim]:
    return [
        _Claim(plugin, section_snapshot(entry), _page_drawer(plugin, entry))
        for plugin in registry.started
        for entry in plugin.contributions.navigation
    ]


def _broken(registry: Registry) -> list[_Claim]:
    """Claims of plugins that did not start: from their answers, else from the last good start."""
    return [
        _Claim(plugin, seen, _fault_drawer(registry, plugin, seen))
        for plugin in registry.faults
        for seen in _last_seen(registry, plugin)
    ]


def _last_seen(registry: Registry, plugin: Loaded) -> tuple[SectionSnapshot, ...]:
    present = tuple(section_snapshot(entry) for entry in plugin.contributions.navigation)
    return present or registry.memory.sections_of(plugin.id)


def _unplaced(registry: Registry, principal: Principal) -> list[Loaded]:
    """Return the broken plugins that have no place yet; only people who can help see them."""
    if READ_PLUGINS not in principal.permissions:
        return []
    return [plugin for plugin in registry.faults if not _last_seen(registry, plugin)]


def _may_see(principal: Principal, claim: _Claim) -> bool:
    """Tell whether a person sees a section.

    Nobody holds the permission of a plugin that did not start, so the roles that held it decide.
    """
    if principal.is_anonymous:
        return False
    seen = claim.seen
    if not seen.permission or seen.permission in principal.permissions:
        return True
    if claim.plugin.is_started:
        return False
    roles = frozenset(Role(role) for role in seen.roles)
    return bool(permissions_of(principal.roles, [Permission(seen.permission, "", roles=roles)]))


def api_of(plugin: Loaded, prefixes: tuple[str, ...] = ()) -> str:
    """Return the base address of a plugin's routes: its first prefix, else its id."""
    known = plugin.contributions.prefixes or prefixes
    return f"/api/{known[0] if known else plugin.id}"


def _page_drawer(plugin: Loaded, entry: NavEntry) -> Callable[[Principal], Section]:
    def draw(principal: Principal) -> Section:
        return Section(
            id=entry.section,
            plugin=plugin.id,
            api=api_of(plugin),
            title=entry.title,
            icon=entry.icon,
            group=entry.group,
            weight=entry.weight,
            ui=_page(plugin, entry, principal),
            palette=entry.palette,
            commands=entry.commands,
            find=entry.find,
            runs=bool(plugin.contributions.jobs) and not plugin.builtin,
        )

    return draw


def _page(plugin: Loaded, entry: NavEntry, principal: Principal) -> Json:
    match entry.page:
        case BuiltinPage(name):
            return {"kind": "builtin", "page": name}
        case Placeholder(body, install, docs):
            return _without_empty(
                {"kind": "placeholder", "body": body, "install": install, "docs": docs}
            )
        case ResourcePage(name):
            return _resource(plugin, name, principal)
        case ModulePage() | FramePage() as page:
            bundle = plugin.contributions.bundle
            return _bundled(bundle, page) if bundle else _refused(plugin, principal)


def _resource(plugin: Loaded, name: str, principal: Principal) -> Json:
    added = plugin.contributions
    resource = next(item for item in added.resources if item.name == name)
    routes = RouteMap.of(added.routers)
    spec = resource_spec(resource, api=api_of(plugin), routes=routes, principal=principal)
    return {"kind": "resource", "resource": spec}


def _bundled(bundle: Bundle, page: ModulePage | FramePage) -> Json:
    if isinstance(page, FramePage):
        return {"kind": "frame", "src": bundle.url(page.path), "allow": list(page.allow)}
    return {
        "kind": "module",
        "uiApi": bundle.ui_api,
        "entry": bundle.url(page.module),
        "export": page.export,
        "styles": [bundle.url(name) for name in bundle.styles],
        "preload": [bundle.url(name) for name in bundle.preload],
        "integrity": {
            bundle.url(name): bundle.files[name].integrity
            for name in (*bundle.modules, *bundle.preload, *bundle.styles)
        },
        "shared": dict(bundle.shared),
    } | ({"dev": True} if bundle.dev else {})


def _refused(plugin: Loaded, principal: Principal) -> Json:
    reason = next((part.reason for part in plugin.refused if part.part == "page"), "")
    mend = f"foundation plugin check {plugin.id}"
    return _fault("refused", plugin, principal, reason=reason, mend=mend)


def _fault_drawer(
    registry: Registry, plugin: Loaded, seen: SectionSnapshot
) -> Callable[[Principal], Section]:
    def draw(principal: Principal) -> Section:
        ui = _fault(
            plugin.state.value,
            plugin,
            principal,
            reason=plugin.reason,
            mend=plugin.mend,
            since=registry.memory.since(plugin.id, plugin.state.value),
        )
        return Section(
            id=seen.section,
            plugin=plugin.id,
            api=api_of(plugin, registry.memory.prefixes_of(plugin.id)),
            title=seen.title,
            icon=seen.icon,
            group=seen.group,
            weight=seen.weight,
            ui=ui,
        )

    return draw


def _nameless(plugin: Loaded, principal: Principal) -> Section:
    """Return the entry of a broken plugin that never showed a section."""
    ui = _fault(plugin.state.value, plugin, principal, reason=plugin.reason, mend=plugin.mend)
    return Section(
        id=plugin.id,
        plugin=plugin.id,
        api=api_of(plugin),
        title=plugin.title or plugin.id,
        icon="puzzle",
        group="extra",
        weight=900,
        ui=ui,
    )


def _fault(
    state: str,
    plugin: Loaded,
    principal: Principal,
    *,
    reason: str,
    mend: str,
    since: str = "",
) -> Json:
    """Return a card; the reason is for people who may read plugins, the command is for all."""
    told = reason if READ_PLUGINS in principal.permissions else ""
    return _without_empty(
        {
            "kind": "fault",
            "state": state,
            "reason": told,
            "mend": mend,
            "since": since,
            "owner": _owner(plugin),
        }
    )


def _owner(plugin: Loaded) -> str:
    return plugin.manifest.owner if plugin.manifest else ""


def _without_empty(values: Json) -> Json:
    return {name: value for name, value in values.items() if value}
