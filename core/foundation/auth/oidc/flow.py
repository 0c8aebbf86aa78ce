"""The code flow with PKCE against one provider: send somebody there, and take them back."""

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import asdict
from functools import partial
from urllib.parse import urlencode

from authlib.integrations.httpx_client import AsyncOAuth2Client, OAuthError
from httpx2 import HTTPError
from joserfc.errors import JoseError

from foundation.auth.groups import read_groups
from foundation.auth.lifetimes import ADMINS
from foundation.auth.oidc.claims import check, same_subject, told_time
from foundation.auth.oidc.discovery import Discovery, Metadata
from foundation.auth.oidc.jwks import KeyStore
from foundation.auth.oidc.logout import TYPES, check_logout
from foundation.auth.oidc.token import GetKeys, read
from foundation.auth.oidc.wire import WITHIN_S, BadAnswer, Json, Pool, get_json
from foundation.auth.person import Notice, Person, tidy
from foundation.auth.refusal import Reason, Refused
from foundation.auth.transaction import CALLBACK, Transaction
from foundation.clock import Clock
from foundation.errors import Unavailable
from foundation.settings import Settings

# Each is a way in which a provider's answer can be wrong; none of their texts leaves this file,
# because a frame of theirs holds the code, the verifier and the client's secret.
FAULTS = (JoseError, OAuthError, HTTPError, OSError, TimeoutError, ValueError, KeyError,
          TypeError, AttributeError, RecursionError)  # fmt: skip


class OidcProvider:
    """The one provider of this Foundation; it keeps its metadata and keys, and no token."""

    def __init__(self, settings: Settings, *, clock: Clock, pool: Pool | None = None) -> None:
        self._settings = settings
        self._clock = clock
        self._pool = pool or Pool()
        self._discovery = Discovery(settings, pool=self._pool, clock=clock)
        self._keys = KeyStore(pool=self._pool, clock=clock)

    @property
    def problem(self) -> str | None:
        """Why the provider could not be asked last time, in words of ours."""
        return self._discovery.problem

    async def close(self) -> None:
        """End all connections to the provider."""
        await self._pool.close()

    async def authorization_url(self, transaction: Transaction) -> str:
        """Return where to send the browser; raises `Unavailable` when the provider is away.

        Even a plain sign-in asks for one of the last day, the shortest life of a session: the
        provider then has to say when it was, and a session that is already over never starts.
        """
        metadata = await self._metadata()
        step_up = transaction.purpose == "step_up"
        extra: dict[str, str] = {"max_age": str(int(ADMINS.absolute.total_seconds()))}
        if step_up:
            extra = {"max_age": "0", "prompt": "login"}
        if self._settings.oidc_required_acr:
            extra["acr_values"] = " ".join(self._settings.oidc_required_acr)
        url: str = self._client().create_authorization_url(
            metadata.authorization_endpoint,
            state=transaction.state,
            nonce=transaction.nonce,
            code_verifier=transaction.verifier,
            **extra,
        )[0]
        return url

    async def sends_iss(self) -> bool:
        """Tell whether the provider promises an ``iss`` in its answers (RFC 9207)."""
        return (await self._metadata()).sends_iss

    async def redeem(self, transaction: Transaction, *, code: str) -> Person:
        """Exchange *code* and return who it stands for; raises `Refused`. Keeps no token of it."""
        metadata = await self._metadata()
        tokens = await _mapped("exchange", self._exchange(metadata, transaction, code))
        raw = str(tokens.get("id_token", ""))
        claims = await _mapped("token", self._claims(metadata, transaction, raw))
        extra: Json = {}
        if metadata.userinfo_endpoint:
            extra = await _mapped("userinfo", self._userinfo(metadata, tokens, claims["sub"]))
        return self._person(claims, extra, raw)

    def _person(self, claims: Json, extra: Json, raw: str) -> Person:
        """Return who the checked *claims* and the userinfo *extra* are about."""
        sid, acr, amr = claims.get("sid"), claims.get("acr"), claims.get("amr")
        own = next((one for one in (extra, claims) if one.get("email")), {})
        claim = self._settings.oidc_groups_claim
        return Person(
            issuer=self._settings.oidc_issuer,
            subject=claims["sub"],
            name=tidy(extra.get("name")) or tidy(claims.get("name")),
            email=tidy(extra.get("email")) or tidy(claims.get("email")),
            auth_time=told_time(claims.get("auth_time")),
            sid=sid if isinstance(sid, str) and len(sid) <= 255 else None,
            id_token=raw,
            email_verified=own.get("email_verified") is True,
            groups=read_groups((claims, extra), claim=claim) if claim else None,
            acr=tidy(acr),
            amr=tuple(filter(None, map(tidy, amr[:20]))) if isinstance(amr, list) else (),
        )

    async def read_logout(self, raw: str) -> Notice:
        """Return whom a logout token signs out; raises `Refused` or `Unavailable`."""
        metadata = await self._metadata()
        types = TYPES | ({""} if self._settings.oidc_logout_typ == "optional" else set())

        async def claims() -> Json:
            found = await read(raw, self._keys_of(metadata), types=types)
            return asdict(check_logout(found, settings=self._settings, now=self._clock.now()))

        return Notice(**await _mapped("token", claims()))

    async def logout_url(self, *, id_token: str | None, back: str, state: str) -> str | None:
        """Return where to sign out at the provider, or None when it has no such place."""
        try:
            metadata = await self._discovery.get()
        except BadAnswer:
            return None
        if not metadata.end_session_endpoint:
            return None
        query = {
            "client_id": self._settings.oidc_client_id,
            "post_logout_redirect_uri": back,
            "state": state,
        }
        if id_token:
            query["id_token_hint"] = id_token
        mark = "&" if "?" in metadata.end_session_endpoint else "?"
        return metadata.end_session_endpoint + mark + urlencode(query)

    async def _metadata(self) -> Metadata:
        try:
            return await self._discovery.get()
        except BadAnswer as bad:
            raise Unavailable(f"sign-in is not possible now: {bad}") from None

    def _client(self) -> AsyncOAuth2Client:
        """One for each request; the connections are pooled below it."""
        settings = self._settings
        secret = settings.oidc_client_secret
        return AsyncOAuth2Client(
            settings.oidc_client_id,
            secret.reveal() if secret else None,
            scope=settings.oidc_scopes,
            redirect_uri=settings.public_origin + CALLBACK,
            code_challenge_method="S256",
            token_endpoint_auth_method=settings.oidc_auth_method,
            transport=self._pool,
            timeout=WITHIN_S,
            trust_env=False,
        )

    async def _exchange(self, metadata: Metadata, transaction: Transaction, code: str) -> Json:
        async with asyncio.timeout(WITHIN_S), self._client() as client:
            got = await client.fetch_token(
                metadata.token_endpoint,
                grant_type="authorization_code",
                code=code,
                code_verifier=transaction.verifier,
            )
        if not isinstance(got.get("id_token"), str):
            raise BadAnswer("the provider sent no ID token")
        return dict(got)

    async def _claims(self, metadata: Metadata, transaction: Transaction, raw: str) -> Json:
        now = self._clock.now()
        return check(
            await read(raw, self._keys_of(metadata)),
            settings=self._settings,
            transaction=transaction,
            now=now,
        )

    def _keys_of(self, metadata: Metadata) -> GetKeys:
        return partial(self._keys.get, metadata.jwks_uri)

    async def _userinfo(self, metadata: Metadata, tokens: Mapping[str, object], sub: str) -> Json:
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        document, _ = await get_json(self._pool, metadata.userinfo_endpoint, headers=bearer)
        return same_subject(document, subject=sub)


async def _mapped(reason: Reason, work: Coroutine[object, object, Json]) -> Json:
    """Await *work*; whatever a provider can do wrong becomes `Refused` with *reason*."""
    try:
        return await work
    except FAULTS as fault:
        note = str(fault) if isinstance(fault, BadAnswer) else type(fault).__name__
        raise Refused(reason, note) from None
