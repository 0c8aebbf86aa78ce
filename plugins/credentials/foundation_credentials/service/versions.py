"""Versions: the sets of values that are kept, and one of them brought back as the newest."""

from collections import defaultdict
from uuid import UUID

from foundation.sdk import Conflict, Context, IfMatch, NotFound, Secret, check_version
from foundation_credentials import events, repository, vault
from foundation_credentials.schemas import CredentialView, Restore, Versions, VersionView
from foundation_credentials.service import look
from foundation_credentials.service.keep import keep
from foundation_credentials.service.moved import refuse_another_listener


class HoldsAlready(Conflict):
    """The version is the one that holds."""

    code, title = "holds_already", "This version holds already"


async def versions(ctx: Context, credential_id: UUID) -> Versions:
    """Return the sets that are kept, newest first; raises `NotFound`, `Gone`."""
    row = await look.existing(ctx, credential_id)
    sealed: dict[int, list[str]] = defaultdict(list)
    for version, field in await repository.sealed_names(ctx.db, row):
        sealed[version].append(field)
    return Versions(
        items=[
            VersionView(
                version=made.version,
                made_at=made.made_at,
                made_by=made.made_by,
                restored_from=made.restored_from,
                fields=[*made.plain, *sealed[made.version]],
                holds=made.version == row.values_version,
            )
            for made in await repository.versions(ctx.db, row)
        ]
    )


async def restore(
    ctx: Context, credential_id: UUID, *, wanted: Restore, expected: IfMatch
) -> CredentialView:
    """Make the values of an older version the newest; raises as `versions`, `SealBroken`.

    An older host counts as a change of the host: it may be one that was left for a reason.
    """
    row = await look.existing(ctx, credential_id)
    check_version(row.version, expected, await look.view(ctx, row))
    if wanted.version == row.values_version:
        raise HoldsAlready("nothing to restore")
    made = await repository.find_version(ctx.db, row, wanted.version)
    if made is None:
        raise NotFound("this version is not kept")
    sealed = await repository.sealed_version(ctx.db, row, wanted.version)
    names = {*made.plain, *row.plain}
    plain = {n: Secret(made.plain[n]) if n in made.plain else None for n in names}
    refuse_another_listener(ctx, row, wanted=plain, kept=sealed)
    secrets = await vault.open_all(ctx, row, sealed=sealed)
    await keep(ctx, row, plain=made.plain, secrets=secrets, restored_from=wanted.version)
    ctx.record(
        events.RESTORED(
            look.target(row), restored_from=wanted.version, values_version=row.values_version
        )
    )
    return await look.view(ctx, row)
