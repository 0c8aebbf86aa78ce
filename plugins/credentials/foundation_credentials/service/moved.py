"""Moved: whether secrets would be sent elsewhere, and what that asks of whoever wants it."""

from collections.abc import Mapping, Sequence

from foundation.sdk import Context, FieldProblem, Invalid, Secret, StepUpRequired
from foundation_credentials import kinds, permissions
from foundation_credentials.models import Credential, SealedField
from foundation_credentials.shapes import shape_of


def refuse_another_listener(
    ctx: Context,
    row: Credential,
    *,
    wanted: Mapping[str, Secret | None],
    kept: Sequence[SealedField],
) -> None:
    """Ask for the secrets again when they would be sent elsewhere; raises `Invalid`.

    Otherwise somebody who may change but not reveal points a credential at a listener of their
    own. Whoever may reveal, and has just signed in, could read the values anyway.
    """
    shape = shape_of(ctx, row.kind)
    moved = any(
        kinds.names_a_host(shape, name)
        and (value.reveal() if value else None) != row.plain.get(name)
        for name, value in wanted.items()
    )
    if not moved or not kept or may_read_anyway(ctx, row):
        return
    detail = "give it again, because the host or port changes"
    raise Invalid(
        errors=[FieldProblem(f"/values/{f.field}", detail, "secret_required") for f in kept]
    )


def may_read_anyway(ctx: Context, row: Credential) -> bool:
    """Tell whether whoever asks could reveal the values of *row* right now."""
    try:
        ctx.principal.require_fresh(ctx.clock.now())
    except StepUpRequired:
        return False
    return row.reveal != "never" and ctx.principal.may(permissions.REVEAL)
