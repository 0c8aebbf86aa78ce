"""Create: a credential with all its values, sealed before they reach the database."""

from foundation.sdk import Conflict, Context, uuid7
from foundation_credentials import events, kinds, repository, vault
from foundation_credentials.models import Credential
from foundation_credentials.schemas import CredentialView, NewCredential
from foundation_credentials.service import look, masks
from foundation_credentials.service.keep import version_of
from foundation_credentials.shapes import required_shape


class SlugTaken(Conflict):
    """Another credential has this slug."""

    code, title = "slug_taken", "This slug is taken"


async def create(ctx: Context, new: NewCredential) -> CredentialView:
    """Keep a new credential; raises `Invalid` naming each wrong field, `SlugTaken`."""
    row = await add(ctx, new)
    return await look.view(ctx, row)


async def add(ctx: Context, new: NewCredential) -> Credential:
    """Keep a new credential and return its row; raises as `create`."""
    if not new.allow_mask_like:
        masks.refuse(new.values)
    plain, secrets = kinds.parse(required_shape(ctx, new.kind), new.values)
    if await repository.find_by_slug(ctx.db, new.slug):
        raise SlugTaken("a credential has this slug", slug=new.slug)
    row = Credential(
        id=uuid7(),  # the values are bound to it before the database sees the row
        slug=new.slug,
        name=new.name,
        kind=new.kind,
        description=new.description,
        plain=plain,
        values_version=1,
        values_at=ctx.clock.now(),
        tags=new.tags,
        notes=new.notes,
        reveal=new.reveal,
        expires_at=new.expires_at,
        block_expired=new.block_expired,
        rotate_every=new.rotate_every,
    )
    ctx.db.add(row)
    await ctx.db.flush()  # the sealed values refer to it, and the view shows its times
    ctx.db.add_all(vault.seal(ctx, row, secrets=secrets))
    ctx.db.add(version_of(ctx, row))
    await ctx.db.flush()  # the view reads them back
    ctx.record(
        events.CREATED(look.target(row), slug=row.slug, kind=row.kind, fields=(*plain, *secrets))
    )
    return row
