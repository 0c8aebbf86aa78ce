"""Grants: which plugins may use the values of a credential, each confirmed by a person."""

from uuid import UUID

from foundation.sdk import Conflict, Context, Forbidden, NotFound
from foundation_credentials import events, repository
from foundation_credentials.models import Grant
from foundation_credentials.schemas import Grants, GrantView, NewGrant
from foundation_credentials.service import look
from foundation_credentials.service.keep import doer
from foundation_credentials.service.moved import may_read_anyway


class AlreadyGranted(Conflict):
    """The plugin may use this credential already."""

    code, title = "already_granted", "This plugin may use it already"


class MayNotHandOut(Forbidden):
    """Granting hands the values to code; whoever may not read them may not do that."""

    code, title = "secret_required", "You may not read these values, so you may not hand them out"


async def grants(ctx: Context, credential_id: UUID) -> Grants:
    """Return every plugin that may use the values; raises `NotFound`, `Gone`."""
    row = await look.existing(ctx, credential_id)
    return Grants(items=[_view(grant) for grant in await repository.grants(ctx.db, [row.id])])


async def grant(ctx: Context, credential_id: UUID, *, wanted: NewGrant) -> GrantView:
    """Let a plugin use the values; raises `NotFound`, `AlreadyGranted`, `MayNotHandOut`."""
    row = await look.existing(ctx, credential_id)
    if row.reveal != "never" and not may_read_anyway(ctx, row):
        raise MayNotHandOut("this needs the permission credentials:secret:reveal too")
    if await repository.find_grant(ctx.db, row.id, wanted.plugin):
        raise AlreadyGranted(f"{wanted.plugin} may use it already")
    made = Grant(
        cred_id=row.id,
        plugin=wanted.plugin,
        granted_at=ctx.clock.now(),
        granted_by=doer(ctx),
    )
    ctx.db.add(made)
    ctx.record(events.GRANTED(look.target(row), plugin=wanted.plugin))
    return _view(made)


async def revoke(ctx: Context, credential_id: UUID, plugin: str) -> None:
    """Take the use back from a plugin; raises `NotFound`."""
    row = await look.existing(ctx, credential_id)
    made = await repository.find_grant(ctx.db, row.id, plugin)
    if made is None:
        raise NotFound("this plugin may not use it")
    await ctx.db.delete(made)
    ctx.record(events.REVOKED(look.target(row), plugin=plugin))


def _view(made: Grant) -> GrantView:
    return GrantView(plugin=made.plugin, granted_at=made.granted_at, granted_by=made.granted_by)
