"""Change: what a credential says of itself, and its values with it if they come along."""

from uuid import UUID

from foundation.sdk import Context, FieldProblem, IfMatch, Invalid, check_version
from foundation_credentials import events, repository
from foundation_credentials.models import Credential
from foundation_credentials.schemas import CredentialChange, CredentialView
from foundation_credentials.service import look
from foundation_credentials.service.moved import may_read_anyway
from foundation_credentials.service.replace import replace_values

NULLABLE = frozenset({"expires_at", "rotate_every"})
ASIDE = frozenset({"values", "allow_mask_like"})


async def change(
    ctx: Context, credential_id: UUID, *, wanted: CredentialChange, expected: IfMatch
) -> CredentialView:
    """Change what is given: an absent field is kept, null clears one that may be empty.

    Raises `NotFound`, `Gone`, `PreconditionFailed` with the present view, and `Invalid`.
    """
    row = await look.existing(ctx, credential_id)
    check_version(row.version, expected, await look.view(ctx, row))
    given = {
        name: getattr(wanted, name)
        for name in wanted.model_fields_set - ASIDE
        if name in NULLABLE or getattr(wanted, name) is not None
    }
    await _refuse_unhiding(ctx, row, wanted)
    changed = tuple(sorted(name for name, value in given.items() if getattr(row, name) != value))
    for name in changed:
        setattr(row, name, given[name])
    if changed:
        ctx.record(events.UPDATED(look.target(row), changed=changed))
        await ctx.db.flush()  # the view shows the new version
    if wanted.values:
        await replace_values(ctx, row, values=wanted.values, allow_mask_like=wanted.allow_mask_like)
    return await look.view(ctx, row)


async def _refuse_unhiding(ctx: Context, row: Credential, wanted: CredentialChange) -> None:
    """Let what may never be revealed be revealed again only together with other values."""
    if row.reveal != "never" or wanted.reveal != "allowed" or may_read_anyway(ctx, row):
        return
    given = {name for name, value in (wanted.values or {}).items() if value is not None}
    left = [f for f in await repository.sealed_fields(ctx.db, row) if f.field not in given]
    detail = "give it again, because values that were never to be shown become showable"
    if left:
        raise Invalid(
            errors=[FieldProblem(f"/values/{f.field}", detail, "secret_required") for f in left]
        )
