"""The vault: seals the values of one credential and opens them again.

Each value is bound to its credential, its set of values, its field and the kind, so no row can
take the place of another. Sealing and opening happen here and nowhere else in this plugin. What
passes through is taken out of the logs.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import update

from foundation.sdk import (
    Binding,
    Context,
    SealBroken,
    SealedValue,
    Secret,
    Target,
    apart,
    hide_from_logs,
)
from foundation_credentials import events
from foundation_credentials.models import Credential, SealedField


def seal(ctx: Context, row: Credential, *, secrets: Mapping[str, Secret]) -> list[SealedField]:
    """Return the rows of a complete new set of *secrets*, under ``row.values_version``.

    Raises `VaultSealed` while the key ring is missing or not the one of this database.
    """
    return [_sealed(ctx, row, field, value) for field, value in secrets.items()]


def open_one(ctx: Context, row: Credential, *, sealed: SealedField) -> Secret:
    """Return one value; raises `VaultSealed`, or `SealBroken` when the row was tampered with."""
    value = SealedValue(
        fmt=sealed.fmt,
        kid=sealed.kid,
        wnonce=sealed.wnonce,
        wdek=sealed.wdek,
        nonce=sealed.nonce,
        ct=sealed.ct,
    )
    opened = ctx.keyring.open(value, _binding(row, version=sealed.version, field=sealed.field))
    hide_from_logs(opened)
    return opened


async def open_all(
    ctx: Context, row: Credential, *, sealed: Iterable[SealedField]
) -> dict[str, Secret]:
    """Return the values of several fields by name.

    Raises as `open_one`; a value that does not open is marked and told in a transaction of its
    own, because the request that met it fails.
    """
    found = {}
    for each in sealed:
        try:
            found[each.field] = open_one(ctx, row, sealed=each)
        except SealBroken:
            await _tell_broken(ctx, row, each)
            raise
    return found


async def _tell_broken(ctx: Context, row: Credential, sealed: SealedField) -> None:
    async with ctx.get(apart).transaction() as own:
        broken = update(SealedField).where(
            SealedField.cred_id == row.id,
            SealedField.version == sealed.version,
            SealedField.field == sealed.field,
        )
        await own.db.execute(broken.values(state="broken"))
        target = Target("credential", str(row.id), row.name)
        told = events.OPEN_FAILED(
            target, outcome="error", field=sealed.field, values_version=sealed.version
        )
        own.record(told)


def _sealed(ctx: Context, row: Credential, field: str, value: Secret) -> SealedField:
    hide_from_logs(value)
    sealed = ctx.keyring.seal(value, _binding(row, version=row.values_version, field=field))
    return SealedField(
        cred_id=row.id,
        version=row.values_version,
        field=field,
        fmt=sealed.fmt,
        kid=sealed.kid,
        wnonce=sealed.wnonce,
        wdek=sealed.wdek,
        nonce=sealed.nonce,
        ct=sealed.ct,
        state="sealed",
        updated_at=row.values_at,
    )


def _binding(row: Credential, *, version: int, field: str) -> Binding:
    return Binding(thing=row.id, version=version, field=field, type=row.kind)
