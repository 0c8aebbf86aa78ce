"""Probe: does a credential work? One word of a closed list, in the trail and in the answer.

What the remote says is never told: it may echo the secret. Values that are saved are tested
against the host that is saved with them.
"""

import time
from collections.abc import Mapping
from uuid import UUID

from foundation.ports import CredentialRef
from foundation.sdk import Context, Secret, hide_from_logs
from foundation_credentials import events, kinds, repository, vault
from foundation_credentials.schemas import TestResult, Trial
from foundation_credentials.service import look, remote
from foundation_credentials.service.budget import spend
from foundation_credentials.settings import CredentialsSettings
from foundation_credentials.shapes import required_shape

Values = Mapping[str, Secret]

A_MINUTE = 20


async def probe_saved(ctx: Context, credential_id: UUID) -> TestResult:
    """Test the values that are kept; raises `NotFound`, `Gone`, `TooMany`, `SealBroken`."""
    row = await look.existing(ctx, credential_id)
    await spend(ctx, events.TESTED, most=A_MINUTE)
    plain = {name: Secret(value) for name, value in row.plain.items()}
    sealed = await repository.sealed_fields(ctx.db, row)
    values = plain | await vault.open_all(ctx, row, sealed=sealed)
    return await _probed(ctx, look.reference(row), values)


async def probe_trial(ctx: Context, trial: Trial) -> TestResult:
    """Test values before they are saved; raises `Invalid` naming each wrong field, `TooMany`."""
    plain, secrets = kinds.parse(required_shape(ctx, trial.kind), trial.values)
    await spend(ctx, events.TESTED, most=A_MINUTE)
    for secret in secrets.values():
        hide_from_logs(secret)
    values = {name: Secret(value) for name, value in plain.items()} | secrets
    ref = CredentialRef(id=UUID(int=0), slug="", name="", kind=trial.kind)
    return await _probed(ctx, ref, values)


async def _probed(ctx: Context, ref: CredentialRef, values: Values) -> TestResult:
    began = time.monotonic()
    inside = ctx.settings(CredentialsSettings).inside
    result = await remote.ask(remote.Question(ref.kind, values, inside))
    told = events.TESTED(
        None if ref.id.int == 0 else look.target_of(ref),
        outcome="success" if result == "ok" else "failure",
        kind=ref.kind,
        result=result,
    )
    ctx.record(told)
    return TestResult(
        result=result,
        milliseconds=int((time.monotonic() - began) * 1000),
        mend=remote.missing(ref.kind) if result == "driver_missing" else "",
    )
