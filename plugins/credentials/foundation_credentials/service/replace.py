"""Replace: another complete set of values; what is kept is opened and sealed again."""

from collections.abc import Mapping
from uuid import UUID

from foundation.sdk import (
    Context,
    FieldProblem,
    IfMatch,
    Invalid,
    Secret,
    StepUpRequired,
    check_version,
)
from foundation_credentials import events, kinds, permissions, repository, vault
from foundation_credentials.models import Credential, SealedField
from foundation_credentials.schemas import CredentialView, ValuesChange
from foundation_credentials.service import look, masks


async def replace(
    ctx: Context, credential_id: UUID, *, wanted: ValuesChange, expected: IfMatch
) -> CredentialView:
    """Make a new set of values; the older one is deleted and opens nowhere again.

    Raises `NotFound`, `PreconditionFailed`, and `Invalid` naming each wrong field.
    """
    if not wanted.allow_mask_like:
        masks.refuse(wanted.values)
    row = await look.existing(ctx, credential_id)
    check_version(row.version, expected, await look.view(ctx, row))
    sealed = await repository.sealed_fields(ctx.db, row)
    kept = [field for field in sealed if field.field not in wanted.values]
    _refuse_another_listener(ctx, row, wanted=wanted.values, kept=kept)
    values = {name: Secret(value) for name, value in row.plain.items()}
    values |= vault.open_all(ctx, row, sealed=kept)
    values |= {name: value for name, value in wanted.values.items() if value is not None}
    cleared = tuple(name for name, value in wanted.values.items() if value is None)
    plain, secrets = kinds.parse(
        look.kind_of(row), {name: value for name, value in values.items() if name not in cleared}
    )
    await _keep(ctx, row, plain=plain, secrets=secrets, kept=kept)
    ctx.record(
        events.REPLACED(
            look.target(row),
            replaced=tuple(name for name in wanted.values if name not in cleared),
            cleared=cleared,
            values_version=row.values_version,
        )
    )
    return await look.view(ctx, row)


async def _keep(
    ctx: Context,
    row: Credential,
    *,
    plain: dict[str, str],
    secrets: Mapping[str, Secret],
    kept: list[SealedField],
) -> None:
    since = {field.field: field.updated_at for field in kept}
    row.plain = plain
    row.values_version += 1
    row.values_at = ctx.clock.now()
    fresh = vault.seal(ctx, row, secrets=secrets)
    for field in fresh:
        field.updated_at = since.get(field.field, row.values_at)
    ctx.db.add_all(fresh)
    await ctx.db.flush()  # the view shows the new version
    await repository.forget_older_sets(ctx.db, row)


def _refuse_another_listener(
    ctx: Context,
    row: Credential,
    *,
    wanted: Mapping[str, Secret | None],
    kept: list[SealedField],
) -> None:
    """Ask for the secrets again when they would be sent elsewhere.

    Otherwise somebody who may change but not reveal points a credential at a listener of their
    own. Whoever may reveal, and has just signed in, could read the values anyway.
    """
    kind = look.kind_of(row)
    moved = any(
        kinds.names_a_host(kind, name)
        and (value.reveal() if value else None) != row.plain.get(name)
        for name, value in wanted.items()
    )
    if not moved or not kept or _may_read_anyway(ctx):
        return
    detail = "give it again, because the host or port changes"
    raise Invalid(
        errors=[FieldProblem(f"/values/{f.field}", detail, "secret_required") for f in kept]
    )


def _may_read_anyway(ctx: Context) -> bool:
    try:
        ctx.principal.require_fresh(ctx.clock.now())
    except StepUpRequired:
        return False
    return ctx.principal.may(permissions.REVEAL)
