"""Keep: write a complete set of values as the next version, and let go of what is too old."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from foundation.sdk import Context, Secret
from foundation_credentials import repository, vault
from foundation_credentials.models import Credential, SealedField, Version

MOST_VERSIONS = 10
LONGEST = timedelta(days=90)


async def keep(
    ctx: Context,
    row: Credential,
    *,
    plain: dict[str, str],
    secrets: Mapping[str, Secret],
    kept: Sequence[SealedField] = (),
    restored_from: int | None = None,
) -> None:
    """Make the next version of *row* hold; the fields of *kept* were not changed by it.

    Of older versions the newest are kept, and none longer than `LONGEST`: what goes, goes with
    its data key.
    """
    since = {field.field: field.updated_at for field in kept}
    row.plain = plain
    row.values_version += 1
    row.values_at = ctx.clock.now()
    fresh = vault.seal(ctx, row, secrets=secrets)
    for field in fresh:
        field.updated_at = since.get(field.field, row.values_at)
    ctx.db.add_all(fresh)
    ctx.db.add(version_of(ctx, row, restored_from=restored_from))
    await ctx.db.flush()  # the view shows the new version
    await repository.forget_older_sets(
        ctx.db,
        row,
        below=row.values_version - MOST_VERSIONS + 1,
        before=row.values_at - LONGEST,
    )


def version_of(ctx: Context, row: Credential, *, restored_from: int | None = None) -> Version:
    """Return the note of the version that holds, made by whoever asks."""
    return Version(
        cred_id=row.id,
        version=row.values_version,
        plain=row.plain,
        made_at=row.values_at,
        made_by=doer(ctx),
        restored_from=restored_from,
    )


def doer(ctx: Context) -> str:
    """Return the name of whoever asks, as it is kept beside what they did."""
    return ctx.principal.name or ctx.principal.email
