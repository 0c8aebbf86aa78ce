"""The provider's signing keys: kept for an hour, asked for again when a token names a new one."""

import warnings
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, JWKRegistry, Key, KeySet, OKPKey, RSAKey

from foundation.auth.oidc.wire import BadAnswer, Json, Pool, get_json
from foundation.clock import Clock

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
"""What a token may be signed with: a constant, never the provider's list."""

LIFE = timedelta(hours=1)
PAUSE = timedelta(seconds=30)
"""Between two forced fetches of one process, or any made-up key id would cause a request."""

UNKNOWN = timedelta(seconds=60)
"""How long a key id that the provider does not have is not asked for again; at most one gets in
each `PAUSE`, so there are never many."""

RSA_BITS = 2048


class KeyStore:
    """Keeps the keys of the one provider; the last good copy serves while it is away."""

    def __init__(self, *, pool: Pool, clock: Clock) -> None:
        self._pool = pool
        self._clock = clock
        self._kept: KeySet | None = None
        self._fetched_at: datetime | None = None
        self._forced_at: datetime | None = None
        self._unknown: dict[str, datetime] = {}

    async def get(self, url: str, *, refetch: bool = False, kid: str = "") -> KeySet:
        """Return the usable keys; raises `BadAnswer` when there are none and none can be had.

        *refetch* asks for them anew because a token names *kid*, unless that was just tried.
        """
        now = self._clock.now()
        fresh = self._fetched_at is not None and now - self._fetched_at < LIFE
        if refetch:
            fresh = self._forced_at is not None and now - self._forced_at < PAUSE
            fresh = fresh or now < self._unknown.get(kid, now)
            self._forced_at = self._forced_at if fresh else now
        if self._kept is not None and fresh:
            return self._kept
        try:
            document, _ = await get_json(self._pool, url)
            self._kept, self._fetched_at = read_keys(document), now
            if refetch:
                self._note(kid, now)
        except BadAnswer:
            if self._kept is None:
                raise
        return self._kept

    def _note(self, kid: str, now: datetime) -> None:
        """Remember *kid* for a while if the provider, just asked, has no such key."""
        assert self._kept is not None
        self._unknown = {known: until for known, until in self._unknown.items() if until > now}
        if kid and all(key.kid != kid for key in self._kept.keys):
            self._unknown[kid] = now + UNKNOWN


def read_keys(document: Json) -> KeySet:
    """Return the keys of *document* that may sign; raises `BadAnswer` when none is left."""
    listed = document.get("keys")
    if not isinstance(listed, list):
        raise BadAnswer("the provider's key set has no list of keys")
    keys = [key for entry in listed if (key := _usable(entry)) is not None]
    if not keys:
        raise BadAnswer("the provider's key set has no usable key")
    return KeySet(keys)


def _usable(entry: Any) -> Key | None:  # any JSON value
    if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
        return None
    if entry.get("alg", ALGORITHMS[0]) not in ALGORITHMS:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)  # of a weak key, which is dropped
            key = JWKRegistry.import_key(entry)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError):
        return None
    if isinstance(key, RSAKey):
        return key if key.public_key.key_size >= RSA_BITS else None
    return key if isinstance(key, ECKey | OKPKey) else None
