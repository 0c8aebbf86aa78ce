"""Reveal: one value, to somebody who may see it, with a reason that is kept."""

from uuid import UUID

from foundation.sdk import Context, Forbidden, NotFound
from foundation_credentials import events, repository, vault
from foundation_credentials.schemas import Reveal, Revealed
from foundation_credentials.service import look
from foundation_credentials.service.budget import spend

A_MINUTE = 10


class RevealForbidden(Forbidden):
    """This credential's values are shown to nobody."""

    code, title = "reveal_never", "These values are never shown"


async def reveal(ctx: Context, credential_id: UUID, *, wanted: Reveal) -> Revealed:
    """Return one value; its event is committed before the edge encodes the answer.

    Raises `NotFound` for a field that is not set or not secret, `Gone`, `Forbidden` where the
    credential says never, `TooMany`, `VaultSealed`, and `SealBroken`.
    """
    row = await look.existing(ctx, credential_id)
    if row.reveal == "never":
        raise RevealForbidden("this credential is for use alone; replace it if it is lost")
    sealed = [f for f in await repository.sealed_fields(ctx.db, row) if f.field == wanted.field]
    if not sealed:
        raise NotFound("this credential has no such secret value")
    await spend(ctx, events.REVEALED, most=A_MINUTE)
    value = (await vault.open_all(ctx, row, sealed=sealed))[wanted.field]
    ctx.record(events.REVEALED(look.target(row), reason=wanted.reason, field=wanted.field))
    return Revealed(value=value.reveal())
