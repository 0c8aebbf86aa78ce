"""Access: what somebody may do in a project, by their role there or by a right over every one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from uuid import UUID

from foundation.ports import ProjectRef, ProjectRole
from foundation.sdk import Conflict, Context, Forbidden, NotFound, Permission
from foundation_projects import repository
from foundation_projects.models import Project
from foundation_projects.permissions import ATTACH, MANAGE, READ, WRITE
from foundation_projects.repository import Sight
from foundation_projects.schemas import May

ACTIVE, ARCHIVED = "active", "archived"
RANK: tuple[ProjectRole, ...] = ("viewer", "editor", "owner")
Act = Literal["see", "edit", "attach", "archive", "members", "purge", "history"]

RULES: Mapping[Act, tuple[ProjectRole, str]] = {
    "see": ("viewer", READ.name),
    "edit": ("editor", WRITE.name),
    "attach": ("editor", ATTACH.name),
    "archive": ("owner", WRITE.name),
    "members": ("owner", MANAGE.name),
    "purge": ("owner", MANAGE.name),
    "history": ("viewer", "audit:event:read"),
}
"""For each act the role in the project that is enough, and the right that does without one."""


class ProjectArchived(Conflict):
    """An archived project changes no more until it is restored."""

    code, title = "project_archived", "This project is archived"


@dataclass(frozen=True, slots=True)
class Standing:
    """A project, and what whoever asks is in it: nothing, if a right over every one lets them."""

    row: Project
    role: ProjectRole | None
    held: frozenset[str]

    def may(self, act: Act) -> bool:
        """Tell whether they may do this, leaving aside whether the project is archived."""
        return _may(act, self.role, self.held)

    @property
    def acts(self) -> tuple[May, ...]:
        """What they can do now: an archived project is restored, purged, or lets somebody go."""
        return _acts(self.role, self.held, is_archived=self.row.status == ARCHIVED)


def _may(act: Act, role: ProjectRole | None, held: frozenset[str]) -> bool:
    enough, right = RULES[act]
    return right in held or is_enough(role, enough)


@lru_cache(maxsize=256)  # the same for most projects of a list
def _acts(role: ProjectRole | None, held: frozenset[str], *, is_archived: bool) -> tuple[May, ...]:
    each: tuple[May, ...] = ("edit", "attach", "archive", "members", "purge")
    closed = {"edit"} if is_archived else {"purge"}
    return tuple(act for act in each if act not in closed and _may(act, role, held))


def is_enough(role: ProjectRole | None, wanted: ProjectRole) -> bool:
    """Tell whether *role* holds what *wanted* holds."""
    return role is not None and RANK.index(role) >= RANK.index(wanted)


async def standing(ctx: Context, project_id: UUID, act: Act = "see") -> Standing:
    """Return a project for somebody who may do this to it.

    Raises `NotFound`, the same for what is not there and for what is not theirs to see, and
    `Forbidden` for those who see it and may no more.
    """
    found = await repository.find(ctx.db, project_id, ctx.principal.id)
    held = _held(ctx)
    if found is None or (found[1] is None and READ.name not in held):
        raise NotFound("no such project")
    stands = Standing(found[0], found[1], held)
    if not stands.may(act):
        role, right = RULES[act]
        why = f"this needs the role {role} in the project, or the permission {right}"
        raise Forbidden(why, permission=right, role=role)
    return stands


async def active(ctx: Context, project_id: UUID, act: Act) -> Standing:
    """Return a project that may change, as `standing` does; raises `ProjectArchived` too."""
    stands = await standing(ctx, project_id, act)
    if stands.row.status == ARCHIVED:
        raise ProjectArchived("restore the project first")
    return stands


def sight(ctx: Context) -> Sight:
    """Return whose eyes a list is for."""
    return Sight(ctx.principal.id, is_all=READ.name in _held(ctx))


def _held(ctx: Context) -> frozenset[str]:
    """Return the rights of whoever asks; the machine itself holds those over every project."""
    if ctx.principal.kind == "system":
        return frozenset({READ.name, WRITE.name, ATTACH.name, MANAGE.name})
    return ctx.principal.permissions


@dataclass(frozen=True, slots=True)
class Access:
    """The port ``projects.access`` for one request."""

    ctx: Context

    async def look(self, project_id: UUID) -> ProjectRef:
        """Return the project; raises `NotFound` when there is none or it is not theirs."""
        return _ref(await standing(self.ctx, project_id))

    async def require(self, project_id: UUID, role: ProjectRole = "editor") -> ProjectRef:
        """Return the project they want to do something in.

        Raises `NotFound`, `Forbidden` below *role*, `ProjectArchived`.
        """
        ref = _ref(await active(self.ctx, project_id, "see"))
        if not is_enough(ref.role, role):
            raise Forbidden(f"this needs the role {role} in the project", role=role)
        return ref

    async def visible(self) -> frozenset[UUID] | None:
        """Return the ids of the projects they may see; None is every one."""
        eyes = sight(self.ctx)
        return None if eyes.is_all else await repository.ids(self.ctx.db, eyes.user_id)


def _ref(stands: Standing) -> ProjectRef:
    """Return a project for others, with the most that its role and the rights of all give."""
    rights: tuple[tuple[Permission, ProjectRole], ...] = (
        (MANAGE, "owner"),
        (WRITE, "editor"),
        (READ, "viewer"),
    )
    given = [role for right, role in rights if right.name in stands.held]
    most = max([*given, *([stands.role] if stands.role else [])], key=RANK.index)
    row = stands.row
    return ProjectRef(row.id, row.slug, row.name, row.status, most)
