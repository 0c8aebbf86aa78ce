"""Looking at the provider from outside a sign-in: what is wrong, and what it lacks."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Literal

from httpx2 import AsyncClient, HTTPError

from foundation.auth.oidc.discovery import PATH, Metadata, read_metadata
from foundation.auth.oidc.jwks import read_keys
from foundation.auth.oidc.wire import WITHIN_S, BadAnswer, Json, Pool, get_json
from foundation.auth.transaction import CALLBACK
from foundation.clock import Clock
from foundation.settings import Settings

Finding = tuple[str, Literal["ok", "warn", "bad"], str]
"""What was looked at, how it is, and in words what that means."""

CLOCK = timedelta(seconds=30)
LACKS = {
    "S256": "it does not promise PKCE; sign-in is safe by its nonce",
    "iss": "it does not name itself in its answers (RFC 9207)",
    "logout": "signing out here leaves the person signed in there",
}


async def examine(settings: Settings, *, clock: Clock, pool: Pool | None = None) -> list[Finding]:
    """Return what there is to say of the provider that *settings* name."""
    own = pool or Pool()
    try:
        return [finding async for finding in _findings(settings, clock, own)]
    finally:
        await own.close()


async def _findings(settings: Settings, clock: Clock, pool: Pool) -> AsyncIterator[Finding]:
    try:
        document, headers = await get_json(pool, settings.oidc_issuer.rstrip("/") + PATH)
        metadata = read_metadata(document, settings)
    except BadAnswer as bad:
        yield "provider", "bad", str(bad)
        return
    yield "provider", "ok", f"{settings.oidc_issuer} describes itself as it should"
    yield _clock(headers.get("Date", ""), clock.now())
    try:
        keys, _ = await get_json(pool, metadata.jwks_uri)
        yield "signing keys", "ok", f"{len(read_keys(keys).keys)} usable"
    except BadAnswer as bad:
        yield "signing keys", "bad", str(bad)
    if settings.oidc_client_secret is None and settings.oidc_auth_method != "none":
        text = "there is none; set it, or FOUNDATION_OIDC_AUTH_METHOD=none for a public client"
        yield "client secret", "bad", text
    for name in metadata.lacks:
        yield f"provider: {name}", "warn", LACKS[name]
    for finding in _promises(document, settings):
        yield finding
    yield await _redirect(settings, metadata, pool)


def _clock(date: str, now: datetime) -> Finding:
    try:
        apart = abs(parsedate_to_datetime(date) - now)
    except (ValueError, TypeError):
        return "clock", "warn", "the provider does not tell its time"
    words = f"{int(apart.total_seconds())} s from the provider's"
    if apart <= CLOCK:
        return "clock", "ok", words
    return "clock", "warn", f"{words}: over 60 s no sign-in works; look at NTP on both"


def _promises(document: Json, settings: Settings) -> list[Finding]:
    """Return what the metadata says of scopes, of when people signed in, and of logout."""
    found: list[Finding] = []
    offered = document.get("scopes_supported")
    wanted = settings.oidc_scopes.split()
    listed = offered if isinstance(offered, list) else []
    missing = [scope for scope in wanted if scope not in listed]
    state: Literal["ok", "warn"] = "warn" if missing else "ok"
    words = f"not offered: {' '.join(missing)}" if missing else settings.oidc_scopes
    if not listed:
        words = f"the provider does not list its scopes; {settings.oidc_scopes} is asked for"
    found.append(("scopes", state, words))
    if "auth_time" not in (document.get("claims_supported") or ()):
        text = "it does not promise to say when somebody signed in; without that, no step-up"
        found.append(("provider: auth_time", "warn", text))
    if document.get("backchannel_logout_supported") is not True:
        text = "it does not promise back-channel logout; people shut out there stay in here"
        found.append(("provider: back-channel logout", "warn", text))
    return found


async def _redirect(settings: Settings, metadata: Metadata, pool: Pool) -> Finding:
    """Ask for a sign-in without a page: a provider that knows us sends the browser back."""
    back = settings.public_origin + CALLBACK
    asked = {
        "client_id": settings.oidc_client_id,
        "redirect_uri": back,
        "response_type": "code",
        "scope": settings.oidc_scopes,
        "prompt": "none",
        "state": "doctor",
        "nonce": "doctor",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",  # of RFC 7636
        "code_challenge_method": "S256",
    }
    client = AsyncClient(transport=pool, timeout=WITHIN_S, trust_env=False)
    try:
        async with client:
            answer = await client.get(metadata.authorization_endpoint, params=asked)
    except (HTTPError, OSError, TimeoutError, ValueError):
        return "redirect URI", "warn", f"could not be tried; register {back}"
    if answer.headers.get("Location", "").startswith(back):
        return "redirect URI", "ok", back
    if 400 <= answer.status_code < 500:
        return "redirect URI", "bad", f"the provider refuses it; register {back}"
    return "redirect URI", "warn", f"cannot be told from here; register {back}"
