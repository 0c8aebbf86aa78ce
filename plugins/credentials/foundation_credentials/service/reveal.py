"""Reveal: one value, to somebody who may see it, with a reason that is kept."""

from uuid import UUID

from foundation.sdk import Context, NotFound
from foundation_credentials import events, repository, vault
from foundation_credentials.schemas import Reveal, Revealed
from foundation_credentials.service import look


async def reveal(ctx: Context, credential_id: UUID, *, wanted: Reveal) -> Revealed:
    """Return one value; its event is committed before the edge encodes the answer.

    Raises `NotFound` for a field that is not set or not secret, `VaultSealed`, and `SealBroken`.
    """
    row = await look.existing(ctx, credential_id)
    sealed = [f for f in await repository.sealed_fields(ctx.db, row) if f.field == wanted.field]
    if not sealed:
        raise NotFound("this credential has no such secret value")
    value = vault.open_one(ctx, row, sealed=sealed[0])
    ctx.record(events.REVEALED(look.target(row), reason=wanted.reason, field=wanted.field))
    return Revealed(value=value.reveal())
