"""Remove: a credential that nobody uses, and its values with it."""

from uuid import UUID

from foundation.sdk import Conflict, Context, IfMatch, NotFound, check_version
from foundation_credentials import events, repository
from foundation_credentials.service import look


class CredentialInUse(Conflict):
    """Something uses this credential; the answer names what."""

    code, title = "credential_in_use", "This credential is in use"


async def remove(ctx: Context, credential_id: UUID, *, expected: IfMatch) -> None:
    """Delete a credential; raises `NotFound`, `PreconditionFailed`, `CredentialInUse`."""
    row = await repository.find_to_delete(ctx.db, credential_id)
    if row is None:
        raise NotFound("no such credential")
    view = await look.view(ctx, row)
    check_version(row.version, expected, view)
    if view.used_by:
        names = ", ".join(use.title for use in view.used_by)
        holders = [use.model_dump(mode="json") for use in view.used_by]
        raise CredentialInUse(f"detach it first from: {names}", used_by=holders)
    fields = tuple(name for name, field in view.fields.items() if field.set)
    ctx.record(events.DELETED(look.target(row), slug=row.slug, kind=row.kind, fields=fields))
    await ctx.db.delete(row)
