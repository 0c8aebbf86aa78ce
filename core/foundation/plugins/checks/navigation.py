"""Checks of the hook ``navigation``: a section is free, its page exists, its icon is drawn."""

from collections.abc import Collection, Sequence
from typing import get_args

from foundation.auth.permissions import Permission, SignedIn
from foundation.plugins.claims import Claims
from foundation.plugins.contributions import NavEntry
from foundation.plugins.icons import ICONS
from foundation.plugins.manifest import ID
from foundation.plugins.pages import (
    Allowed,
    BuiltinPage,
    FramePage,
    ModulePage,
    Placeholder,
    ResourcePage,
)
from foundation.plugins.resource import Resource

GROUPS = frozenset({"main", "data", "admin", "extra"})


def navigation_problems(
    navigation: Sequence[NavEntry],
    *,
    permissions: Collection[str],
    resources: Sequence[Resource],
    modules: Collection[str],
    frames: Collection[str] = (),
    claims: Claims,
    builtin: bool = False,
    asker: str = "",
) -> list[str]:
    """Return what is wrong with the sections of the plugin *asker*; *modules* are its entries."""
    names = {resource.name for resource in resources}
    problems = []
    seen: set[str] = set()
    for entry in navigation:
        found = [
            *_entry_problems(entry, permissions),
            *_page_problems(entry, names, modules, frames, builtin=builtin),
        ]
        if entry.section in seen:
            found.append("is claimed twice")
        seen.add(entry.section)
        holder = claims.section_holder(entry.section, asker=asker)
        if holder and not isinstance(entry.page, Placeholder):
            found.append(f"already belongs to {holder}")
        problems += [f"section {entry.section!r} {problem}" for problem in found]
    return problems


def _entry_problems(entry: NavEntry, permissions: Collection[str]) -> list[str]:
    problems = []
    if not ID.match(entry.section):
        problems.append(f"does not match {ID.pattern}")
    if not 1 <= len(entry.title) <= 40:
        problems.append("needs a title of 1 to 40 characters")
    if entry.icon not in ICONS:
        problems.append(f"names an icon {entry.icon!r} that the shell does not have")
    if entry.group not in GROUPS:
        problems.append(f"is in an unknown group {entry.group!r}")
    needs: object = entry.needs  # a plugin may have silenced its type checker
    if isinstance(needs, Permission):
        if needs.name not in permissions:
            problems.append(f"needs {needs.name!r}, which this plugin does not declare")
    elif not isinstance(needs, SignedIn):
        problems.append("has no needs=; name a permission or SignedIn(reason)")
    return problems


def _page_problems(
    entry: NavEntry,
    resources: Collection[str],
    modules: Collection[str],
    frames: Collection[str],
    *,
    builtin: bool,
) -> list[str]:
    page: object = entry.page  # a plugin may have silenced its type checker
    match page:
        case ResourcePage(resource) if resource not in resources:
            return [f"shows a resource {resource!r} that this plugin does not have"]
        case ModulePage(module=module) if module not in modules:
            return [f"shows a module {module!r} that frontend() does not list"]
        case FramePage():
            return _frame_problems(page, frames)
        case BuiltinPage() if not builtin:
            return ["names a page of the shell, which only core may"]
        case ResourcePage() | ModulePage() | BuiltinPage() | Placeholder():
            return []
    return ["has no page"]


def _frame_problems(page: FramePage, frames: Collection[str]) -> list[str]:
    problems = []
    if page.path not in frames:
        problems.append(f"shows a frame {page.path!r} that frontend() does not list")
    problems += [
        f"allows its frame {strange!r}, which is not known"
        for strange in sorted(set(page.allow) - set(get_args(Allowed)))
    ]
    return problems
