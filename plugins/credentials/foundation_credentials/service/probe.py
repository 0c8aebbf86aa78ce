"""Probe: does a credential work? Asked of the remote with a library made for it.

The answer is one word of a closed list. What the remote says is never told: it may echo the
secret. The test runs in the API process, within `WITHIN_S`; values that are saved are tested
against the host that is saved with them.
"""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from foundation.ports import CredentialRef
from foundation.sdk import (
    Context,
    EgressRefused,
    Secret,
    Unavailable,
    hide_from_logs,
    smtp_sign_in,
)
from foundation_credentials import events, kinds, repository, vault
from foundation_credentials.schemas import TestResult, Trial
from foundation_credentials.service import look
from foundation_credentials.service.budget import spend
from foundation_credentials.service.use import InUse, NoHost
from foundation_credentials.settings import CredentialsSettings
from foundation_credentials.shapes import required_shape

Result = Literal[
    "ok", "refused", "unreachable", "timeout", "insecure", "not_allowed", "failed", "untested"
]
Values = Mapping[str, Secret]

WITHIN_S = 8.0
A_MINUTE = 20
_FAULTS: tuple[tuple[type[Exception], Result], ...] = (
    (TimeoutError, "timeout"),
    (EgressRefused, "not_allowed"),
    (ssl.SSLError, "insecure"),
    (OSError, "unreachable"),
    (Unavailable, "unreachable"),
    (NoHost, "untested"),
    (KeyError, "untested"),
)
"""What a fault means, the narrower before the wider; any other is "failed"."""

REFUSALS = frozenset({"28P01", "28000", "3D000", "42501"})
"""SQLSTATEs of PostgreSQL: wrong password, not admitted, no such database, no right."""


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
    result = await _within(ctx, ref, values)
    told = events.TESTED(
        None if ref.id.int == 0 else look.target_of(ref),
        outcome="success" if result == "ok" else "failure",
        kind=ref.kind,
        result=result,
    )
    ctx.record(told)
    return TestResult(result=result, milliseconds=int((time.monotonic() - began) * 1000))


async def _within(ctx: Context, ref: CredentialRef, values: Values) -> Result:
    """Ask the remote, for so long and no longer; whatever it answers becomes one word."""
    known = _TESTS.get(ref.kind)
    try:
        async with asyncio.timeout(WITHIN_S):
            return await known(values) if known else await _by_http(ctx, ref, values)
    except Exception as fault:  # noqa: BLE001  # a driver may raise anything; its text is not told
        return next((word for kind, word in _FAULTS if isinstance(fault, kind)), "failed")


async def _postgres(values: Values) -> Result:
    url = URL.create(
        "postgresql+asyncpg",
        username=values["username"].reveal(),
        password=values["password"].reveal(),
        host=values["host"].reveal(),
        port=int(values["port"].reveal()),
        database=values["database"].reveal(),
    )
    engine = create_async_engine(
        url, poolclass=NullPool, hide_parameters=True, connect_args={"timeout": WITHIN_S}
    )
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        return "ok"
    except InterfaceError:
        return "unreachable"
    except DBAPIError as fault:
        return "refused" if _sqlstate(fault.orig) in REFUSALS else "failed"
    except Exception as fault:
        # asyncpg raises some of its refusals before SQLAlchemy can wrap them.
        if _sqlstate(fault) in REFUSALS:
            return "refused"
        raise
    finally:
        await engine.dispose()


def _sqlstate(fault: object) -> str:
    return str(getattr(fault, "sqlstate", "") or "")


async def _smtp(values: Values) -> Result:
    return await smtp_sign_in(
        host=values["host"].reveal(),
        port=int(values["port"].reveal()),
        security=values["security"].reveal(),
        username=values["username"].reveal(),
        password=values["password"],
        within_s=WITHIN_S,
    )


async def _by_http(ctx: Context, ref: CredentialRef, values: Values) -> Result:
    """Ask the credential's own URL; an answer other than a refusal means that it was let in."""
    name = "token_url" if ref.kind == "oauth2_client" else "url"
    url = values[name].reveal()
    inside = ctx.settings(CredentialsSettings).inside
    client = InUse(ref, values, (url,), inside).http()
    if ref.kind == "oauth2_client":
        asked: dict[str, str] = {"grant_type": "client_credentials"}
        asked |= {each: values[each].reveal() for each in ("client_id", "client_secret")}
        if "scope" in values:
            asked["scope"] = values["scope"].reveal()
        answer = await client.request(
            "POST",
            url,
            headers={"content-type": "application/x-www-form-urlencoded"},
            content=urlencode(asked).encode(),
        )
        return "ok" if answer.status == 200 else "refused" if answer.status < 500 else "failed"
    answer = await client.request("GET", url)
    if answer.status in {401, 403}:
        return "refused"
    return "ok" if answer.status < 400 else "failed"


_TESTS: Mapping[str, Callable[[Values], Awaitable[Result]]] = {
    "postgres": _postgres,
    "smtp": _smtp,
}
