"""The ID token, read under our own list of algorithms.

Not Authlib's `parse_id_token`: it takes the algorithms from the provider, ``none`` included, and
accepts foreign audiences in several cases.
"""

import warnings
from collections.abc import Collection
from typing import Protocol

from joserfc import jws, jwt
from joserfc.errors import InvalidKeyIdError, SecurityWarning
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from joserfc.jwt import Token

from foundation.auth.oidc.jwks import ALGORITHMS
from foundation.auth.oidc.wire import Json, Once
from foundation.auth.refusal import Refused

TYPES = frozenset({"jwt", "id_token+jwt"})


class GetKeys(Protocol):
    """Fetches the provider's keys; *refetch* asks for them anew, because of *kid*."""

    async def __call__(self, *, refetch: bool = False, kid: str = "") -> KeySet:
        """Return the usable keys."""


class Headers(JWSRegistry):
    """Headers up to 4 KB: the library's 512 bytes refuse a certificate chain (x5c)."""

    max_header_length = 4096


async def read(raw: str, keys: GetKeys, *, types: Collection[str] = TYPES) -> Json:
    """Return the claims of a signed token of one of *types*; raises on anything else.

    An unknown key id asks the provider for its keys once more. What the token's own header says
    about keys (jwk, jku, x5u, x5c) is ignored; an unknown ``crit`` is refused.
    """
    try:
        token = _decoded(raw, await keys())
    except InvalidKeyIdError:
        token = _decoded(raw, await keys(refetch=True, kid=_kid(raw)))
    kind = token.header.get("typ", "JWT" if "jwt" in types else "")
    if not isinstance(kind, str) or kind.lower().removeprefix("application/") not in types:
        raise Refused("token", "typ")
    return token.claims


def _kid(raw: str) -> str:
    """Return the key id that a token names, cut to what a key id may be."""
    kid = jws.extract_compact(raw.encode()).headers().get("kid", "")
    return kid[:200] if isinstance(kid, str) else ""


def _decoded(raw: str, keys: KeySet) -> Token:
    registry = Headers(algorithms=ALGORITHMS, strict_check_header=False)
    with warnings.catch_warnings():
        # EdDSA has a newer name (RFC 9864), but providers still send the old one.
        warnings.simplefilter("ignore", SecurityWarning)
        return jwt.decode(raw, keys, registry=registry, decoder_cls=Once)
