"""The vault: seals the values of one credential and opens one of them again.

Each value is bound to its credential, its set of values, its field and the kind, so no row can
take the place of another. Sealing and opening happen here and nowhere else in this plugin.
"""

from collections.abc import Iterable, Mapping

from foundation.sdk import Binding, Context, SealedValue, Secret
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
    return ctx.keyring.open(value, _binding(row, version=sealed.version, field=sealed.field))


def open_all(ctx: Context, row: Credential, *, sealed: Iterable[SealedField]) -> dict[str, Secret]:
    """Return the values of several fields by name; raises as `open_one` does."""
    return {each.field: open_one(ctx, row, sealed=each) for each in sealed}


def _sealed(ctx: Context, row: Credential, field: str, value: Secret) -> SealedField:
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
