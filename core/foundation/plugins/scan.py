"""What is installed and what is wanted of it, before any plugin is imported."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import EntryPoint, entry_points

from packaging.specifiers import SpecifierSet

from foundation import __version__
from foundation.plugins.contributions import Manifest
from foundation.plugins.hookspecs import CONTRACT
from foundation.plugins.known_bad import Bad, find_bad, read_known_bad
from foundation.plugins.manifest import ManifestRefused, read_manifest
from foundation.plugins.memory import Memory
from foundation.plugins.registry import Loaded, State
from foundation.settings import PluginChoice

GROUP = "foundation.plugins"
CORE = "foundation-core"


@dataclass(frozen=True, slots=True)
class Installed:
    """One entry point: the id it gives, the module it names, and the distribution it is from."""

    id: str
    module: str
    dist: str
    version: str
    builtin: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that may be imported: its place and its manifest.

    *allowed* is why its version is known bad, if the settings want it all the same.
    """

    installed: Installed
    manifest: Manifest
    allowed: str = ""

    @property
    def id(self) -> str:
        """The plugin's id."""
        return self.installed.id


BUILTINS = tuple(
    Installed(id, f"foundation.builtin.{id}.plugin", CORE, __version__, builtin=True)
    for id in ("accounts", "dashboard", "live", "runs", "system")
)
"""Core's own sections, which come through the same hooks as anybody's."""


def installed_plugins() -> list[Installed]:
    """Return the entry points of the group ``foundation.plugins``, sorted; imports nothing."""
    found = {_from(point) for point in entry_points(group=GROUP)}
    return sorted(found, key=lambda one: (one.id, one.dist))


def choose(
    settings: PluginChoice, *, installed: Iterable[Installed], memory: Memory
) -> tuple[list[Candidate], list[Loaded]]:
    """Sort what is installed into what may be imported and what may not, each with its reason.

    Raises `SettingsRefused` when the file of known-bad versions cannot be read.
    """
    known = read_known_bad(settings)
    candidates: list[Candidate] = []
    refused: list[Loaded] = []
    unique, doubles = _one_each(installed, memory)
    refused += doubles
    for one in unique:
        unwanted = None if one.builtin else _unwanted(settings, one.id, memory)
        if unwanted:
            refused.append(outcome(one, State.DISABLED, *unwanted))
            continue
        found = _with_manifest(one)
        bad = None if one.builtin else find_bad(known, one.dist, one.version)
        if bad and isinstance(found, Candidate):
            found = _judged(found, bad, is_allowed=one.id in settings.plugins_allow_known_bad)
        if isinstance(found, Candidate):
            candidates.append(found)
        else:
            refused.append(found)
    return candidates, refused


def outcome(
    one: Installed, state: State, reason: str, mend: str, *, manifest: Manifest | None = None
) -> Loaded:
    """Return what became of a plugin that does not start."""
    return Loaded(
        id=one.id,
        dist=one.dist,
        version=one.version,
        state=state,
        title=manifest.title if manifest else one.id,
        module=one.module,
        builtin=one.builtin,
        manifest=manifest,
        reason=reason,
        mend=mend,
    )


def _from(point: EntryPoint) -> Installed:
    dist = point.dist
    return Installed(
        point.name, point.value, dist.name if dist else "?", dist.version if dist else "0"
    )


def _one_each(
    installed: Iterable[Installed], memory: Memory
) -> tuple[list[Installed], list[Loaded]]:
    """Keep one distribution for each id: core's, else the one that had it first, else none."""
    by_id: dict[str, list[Installed]] = {}
    for one in sorted(installed, key=lambda one: (one.id, not one.builtin, one.dist)):
        by_id.setdefault(one.id, []).append(one)
    unique: list[Installed] = []
    refused: list[Loaded] = []
    for id, group in by_id.items():
        if len(group) == 1:
            unique.append(group[0])
            continue
        is_owner = _owner_test(group, memory.owner_of(id))
        names = " and ".join(one.dist for one in group)
        for one in group:
            if is_owner(one):
                unique.append(one)
                continue
            reason = f"two distributions give the id {id!r}: {names}"
            refused.append(outcome(one, State.INVALID, reason, f"pip uninstall {one.dist}"))
    return unique, refused


def _owner_test(group: Sequence[Installed], owner: str | None) -> Callable[[Installed], bool]:
    if group[0].builtin:
        return lambda one: one.builtin
    return lambda one: one.dist == owner


def _judged(candidate: Candidate, bad: Bad, *, is_allowed: bool) -> Candidate | Loaded:
    if is_allowed:
        return replace(candidate, allowed=bad.told)
    one = candidate.installed
    reason = f"version {one.version} is known not to work: {bad.told}"
    return outcome(one, State.INCOMPATIBLE, reason, bad.mend, manifest=candidate.manifest)


def _unwanted(settings: PluginChoice, id: str, memory: Memory) -> tuple[str, str] | None:
    """Return why this plugin is left out, and how to have it; None if it is wanted.

    The environment wins over the ledger's switch, both ways.
    """
    if settings.plugins_safe:
        return "safe mode loads core's own sections alone", "unset FOUNDATION_PLUGINS_SAFE"
    if id in settings.plugins_disabled:
        return (
            "named in FOUNDATION_PLUGINS_DISABLED",
            f"take {id} out of FOUNDATION_PLUGINS_DISABLED",
        )
    if settings.plugins_autoload == "listed" and id not in settings.plugins_enabled:
        return (
            "not named in FOUNDATION_PLUGINS_ENABLED",
            f"add {id} to FOUNDATION_PLUGINS_ENABLED",
        )
    is_named = settings.plugins_autoload == "listed"
    if memory.is_switched_off(id) and not is_named:
        return "switched off", f"foundation plugin enable {id}"
    return None


def _with_manifest(one: Installed) -> Candidate | Loaded:
    check = f"foundation plugin check {one.id}"
    if ":" in one.module:
        reason = f"the entry point names an object, {one.module}; name the module alone"
        return outcome(one, State.INVALID, reason, check)
    try:
        manifest = read_manifest(one.id, one.module, builtin=one.builtin)
    except ManifestRefused as refused:
        return outcome(one, State.INVALID, str(refused), check)
    if not SpecifierSet(manifest.api).contains(CONTRACT, prereleases=True):
        reason = f"made for the plugin contract {manifest.api}, and this is {CONTRACT}"
        mend = f"pip install --upgrade {one.dist} {CORE}"
        return outcome(one, State.INCOMPATIBLE, reason, mend, manifest=manifest)
    return Candidate(one, manifest)
