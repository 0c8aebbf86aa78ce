"""Roles: the three built-in ones, and those that an admin makes of declared permissions."""

from collections.abc import Collection, Sequence

from foundation.audit.events import Target
from foundation.auth import rights
from foundation.auth.models import CustomRole
from foundation.auth.permissions import Role
from foundation.auth.roles import RANK
from foundation.builtin.accounts import events, repository
from foundation.builtin.accounts.schemas_access import (
    Matrix,
    MatrixPlugin,
    MatrixRight,
    MatrixRole,
    NewRole,
    RoleChange,
    RoleItem,
    RolePreview,
    RoleTrial,
)
from foundation.errors import Conflict, FieldProblem, Forbidden, Invalid, NotFound
from foundation.http.context import Context
from foundation.http.etag import check_version
from foundation.http.models import Page
from foundation.http.router import IfMatch
from foundation.ports import catalogue, identity

TITLES = {Role.VIEWER: "Viewer", Role.OPERATOR: "Operator", Role.ADMIN: "Admin"}


class RoleInUse(Conflict):
    """409: somebody has the role."""

    code, title = "role_in_use", "Somebody has this role"


class RoleExists(Conflict):
    """409: the name is taken."""

    code, title = "role_exists", "There is a role of this name"


async def listed(ctx: Context) -> Page[RoleItem]:
    """Return every role, the built-in ones first."""
    counted = await repository.members(ctx.db)
    items = [await _builtin(ctx, role, counted.get(role, 0)) for role in RANK]
    own = await repository.custom_roles(ctx.db)
    items += [_view(row, counted.get(row.name, 0)) for row in own]
    return Page[RoleItem](items=items)


async def one(ctx: Context, name: str) -> RoleItem:
    """Return one role; raises `NotFound`."""
    found = next((item for item in (await listed(ctx)).items if item.name == name), None)
    if found is None:
        raise NotFound("there is no such role")
    return found


async def create(ctx: Context, body: NewRole) -> RoleItem:
    """Make a role; raises `RoleExists`, and as `_checked` does."""
    if body.name in set(Role) or await repository.custom_role(ctx.db, body.name) is not None:
        raise RoleExists("choose another name")
    permissions = _checked(ctx, body.permissions)
    row = CustomRole(
        name=body.name, title=body.title, description=body.description, permissions=permissions
    )
    ctx.db.add(row)
    await ctx.db.flush()
    ctx.record(events.ROLE_CREATED(_target(row), after=tuple(permissions)))
    return _view(row, 0)


async def change(ctx: Context, name: str, body: RoleChange, expected: IfMatch) -> RoleItem:
    """Change a role of one's own; its members have the new rights with their next request."""
    row = await _found(ctx, name)
    check_version(row.version, expected, await one(ctx, name))
    before = tuple(row.permissions)
    if body.permissions is not None:
        row.permissions = _checked(ctx, body.permissions)
    row.title = body.title or row.title
    row.description = row.description if body.description is None else body.description
    await ctx.db.flush()
    ctx.record(events.ROLE_UPDATED(_target(row), before=before, after=tuple(row.permissions)))
    for user_id in await repository.holders(ctx.db, name):
        await ctx.get(identity).sessions.reread(ctx.db, user_id)
    return await one(ctx, name)


async def remove(ctx: Context, name: str) -> None:
    """Delete a role that nobody has; raises `RoleInUse`."""
    row = await _found(ctx, name)
    if await repository.holders(ctx.db, name):
        raise RoleInUse("give those who have it another one first")
    ctx.record(events.ROLE_DELETED(_target(row), before=tuple(row.permissions)))
    await ctx.db.delete(row)


async def preview(ctx: Context, body: RoleTrial) -> RolePreview:
    """Return what a role would give, against what it gives now; nothing is changed."""
    whose = ctx.get(identity)
    _known(ctx, body.permissions)
    present = (await one(ctx, body.name)).permissions if body.name else []
    before = whose.holds([], grants=present)
    after = whose.holds([], grants=body.permissions)
    people = len(await repository.holders(ctx.db, body.name)) if body.name else 0
    return RolePreview(
        permissions=sorted(after),
        gains=sorted(after - before),
        loses=sorted(before - after),
        people=people,
    )


async def matrix(ctx: Context) -> Matrix:
    """Return which role holds which permission, by plugin."""
    whose, roles = ctx.get(identity), (await listed(ctx)).items
    held = {role.name: whose.holds([], grants=role.permissions) for role in roles}
    rows: dict[str, list[MatrixRight]] = {}
    for right in ctx.get(catalogue).permissions:
        rows.setdefault(right.name.partition(":")[0], []).append(
            MatrixRight(
                name=right.name,
                title=right.title,
                description=right.description,
                sensitive=right.sensitive,
                roles=[role.name for role in roles if right.name in held[role.name]],
            )
        )
    titles = ctx.get(catalogue).titles
    return Matrix(
        roles=[MatrixRole.model_validate(role) for role in roles],
        plugins=[
            MatrixPlugin(id=plugin, title=titles.get(plugin, plugin), permissions=found)
            for plugin, found in rows.items()
        ],
    )


def _checked(ctx: Context, names: Sequence[str]) -> list[str]:
    """Return *names* in order; raises `Forbidden` for a right that whoever asks does not hold."""
    _known(ctx, names)
    if not ctx.get(identity).holds([], grants=names) <= ctx.principal.permissions:
        raise Forbidden("nobody gives a right that they do not have")
    return sorted(set(names))


def _known(ctx: Context, names: Sequence[str]) -> None:
    """Raise `Invalid` for each name that no started plugin declares."""
    declared: Collection[str] = {right.name for right in ctx.get(catalogue).permissions}
    wrong = [at for at, name in enumerate(names) if name not in declared]
    if wrong:
        text = "No plugin declares this permission"
        raise Invalid(
            errors=tuple(FieldProblem(f"/permissions/{at}", text, "unknown") for at in wrong)
        )


async def _found(ctx: Context, name: str) -> CustomRole:
    row = await repository.custom_role(ctx.db, name)
    if row is None:
        raise NotFound("there is no such role of one's own")
    return row


def _target(row: CustomRole) -> Target:
    return Target("role", row.name, row.title)


async def _builtin(ctx: Context, role: Role, members: int) -> RoleItem:
    grants = await rights.confirmed_for(ctx.db, role)
    return RoleItem(
        id=role.value,
        name=role.value,
        title=TITLES[role],
        description="",
        is_builtin=True,
        permissions=sorted(ctx.get(identity).holds([role], grants=grants)),
        members=members,
        version=None,
        updated_at=None,
    )


def _view(row: CustomRole, members: int) -> RoleItem:
    return RoleItem(
        id=row.name,
        name=row.name,
        title=row.title,
        description=row.description,
        is_builtin=False,
        permissions=sorted(row.permissions),
        members=members,
        version=row.version,
        updated_at=row.updated_at,
    )
