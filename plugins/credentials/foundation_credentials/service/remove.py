"""Remove: a credential that nobody uses; for some days it can be brought back."""

from uuid import UUID

from foundation.sdk import Conflict, Context, Gone, IfMatch, NotFound, check_version
from foundation_credentials import events, repository
from foundation_credentials.schemas import CredentialView
from foundation_credentials.service import look
from foundation_credentials.service.create import SlugTaken


class CredentialInUse(Conflict):
    """Something uses this credential; the answer names what."""

    code, title = "credential_in_use", "This credential is in use"


async def remove(ctx: Context, credential_id: UUID, *, expected: IfMatch) -> None:
    """Delete a credential; raises `NotFound`, `Gone`, `PreconditionFailed`, `CredentialInUse`."""
    row = await repository.find_to_delete(ctx.db, credential_id)
    if row is None:
        raise NotFound("no such credential")
    if row.deleted_at is not None:
        raise Gone("this credential was deleted")
    view = await look.view(ctx, row)
    check_version(row.version, expected, view)
    if view.used_by:
        names = ", ".join(use.title for use in view.used_by)
        holders = [use.model_dump(mode="json") for use in view.used_by]
        raise CredentialInUse(f"detach it first from: {names}", used_by=holders)
    row.deleted_at = ctx.clock.now()
    ctx.record(events.DELETED(look.target(row), slug=row.slug, kind=row.kind, fields=_set(view)))


async def undelete(ctx: Context, credential_id: UUID) -> CredentialView:
    """Bring a deleted credential back; raises `NotFound`, `Gone` after its days, `SlugTaken`."""
    row = await repository.find_to_delete(ctx.db, credential_id)
    if row is None or row.deleted_at is None:
        raise NotFound("no such deleted credential")
    if row.shredded_at is not None or row.deleted_at + repository.KEPT <= ctx.clock.now():
        raise Gone("its values were destroyed")
    if await repository.find_by_slug(ctx.db, row.slug):
        raise SlugTaken("another credential has this slug by now", slug=row.slug)
    row.deleted_at = None
    await ctx.db.flush()  # the view shows the new version
    view = await look.view(ctx, row)
    ctx.record(events.UNDELETED(look.target(row), slug=row.slug, kind=row.kind, fields=_set(view)))
    return view


def _set(view: CredentialView) -> tuple[str, ...]:
    return tuple(name for name, field in view.fields.items() if field.set)
