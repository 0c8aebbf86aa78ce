"""Replace: another complete set of values; what is kept is opened and sealed again."""

from collections.abc import Mapping
from uuid import UUID

from foundation.sdk import Context, IfMatch, Secret, check_version
from foundation_credentials import events, kinds, repository, vault
from foundation_credentials.models import Credential
from foundation_credentials.schemas import CredentialView, ValuesChange
from foundation_credentials.service import look, masks
from foundation_credentials.service.keep import keep
from foundation_credentials.service.moved import refuse_another_listener
from foundation_credentials.shapes import required_shape


async def replace(
    ctx: Context, credential_id: UUID, *, wanted: ValuesChange, expected: IfMatch
) -> CredentialView:
    """Make a new set of values; the older ones are kept for a while, as versions.

    Raises `NotFound`, `Gone`, `PreconditionFailed`, and `Invalid` naming each wrong field.
    """
    row = await look.existing(ctx, credential_id)
    check_version(row.version, expected, await look.view(ctx, row))
    await replace_values(ctx, row, values=wanted.values, allow_mask_like=wanted.allow_mask_like)
    return await look.view(ctx, row)


async def replace_values(
    ctx: Context,
    row: Credential,
    *,
    values: Mapping[str, Secret | None],
    allow_mask_like: bool,
) -> None:
    """Make *values* and what they leave out the next version of *row*, and say so."""
    if not allow_mask_like:
        masks.refuse(values)
    sealed = await repository.sealed_fields(ctx.db, row)
    kept = [field for field in sealed if field.field not in values]
    refuse_another_listener(ctx, row, wanted=values, kept=kept)
    whole = {name: Secret(value) for name, value in row.plain.items()}
    whole |= await vault.open_all(ctx, row, sealed=kept)
    whole |= {name: value for name, value in values.items() if value is not None}
    cleared = tuple(name for name, value in values.items() if value is None)
    plain, secrets = kinds.parse(
        required_shape(ctx, row.kind),
        {name: value for name, value in whole.items() if name not in cleared},
    )
    await keep(ctx, row, plain=plain, secrets=secrets, kept=kept)
    ctx.record(
        events.REPLACED(
            look.target(row),
            replaced=tuple(name for name in values if name not in cleared),
            cleared=cleared,
            values_version=row.values_version,
        )
    )
