"""The signing side of a provider: one RSA key and the tokens made with it, for development."""

from collections.abc import Mapping

from joserfc import jwt
from joserfc.jwk import KeySet, KeySetSerialization, RSAKey

from foundation import ids

ALGORITHM = "RS256"


class Mint:
    """Signs ID tokens with a key that lives as long as this object."""

    def __init__(self) -> None:
        self._key = RSAKey.generate_key(2048, {"kid": ids.token(8), "use": "sig", "alg": ALGORITHM})

    @property
    def key_set(self) -> KeySetSerialization:
        """The public key, as a JWK set."""
        return KeySet([self._key]).as_dict(private=False)

    def id_token(self, claims: Mapping[str, object]) -> str:
        """Return *claims* as a signed token."""
        return self.typed("JWT", claims)

    def typed(self, kind: str, claims: Mapping[str, object]) -> str:
        """Return *claims* as a signed token that says it is a *kind*."""
        header = {"alg": ALGORITHM, "kid": self._key.kid or "", "typ": kind}
        return jwt.encode(header, dict(claims), self._key)
