"""Change: the name and the description of a credential, without touching a value."""

from uuid import UUID

from foundation.sdk import Context, IfMatch, check_version
from foundation_credentials import events
from foundation_credentials.schemas import CredentialChange, CredentialView
from foundation_credentials.service import look


async def change(
    ctx: Context, credential_id: UUID, *, wanted: CredentialChange, expected: IfMatch
) -> CredentialView:
    """Change what is given; raises `NotFound`, `PreconditionFailed` with the present view."""
    row = await look.existing(ctx, credential_id)
    check_version(row.version, expected, await look.view(ctx, row))
    given = wanted.model_dump(exclude_none=True)
    changed = tuple(name for name, value in given.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        ctx.record(events.UPDATED(look.target(row), changed=changed))
        await ctx.db.flush()  # the view shows the new version
    return await look.view(ctx, row)
