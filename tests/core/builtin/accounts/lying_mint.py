"""A mint that lies: honest until a test changes header, claims, key, signature or key set."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from joserfc.jwk import RSAKey

from foundation.auth.oidc.minting import Mint


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class LyingMint(Mint):
    """Honest until a test changes the header, the claims, the signature or the whole of a token.

    *payload* makes other bytes of the honest ones, *secret* the signature of a symmetric
    algorithm; *published* stands beside its own key.
    """

    SIGNED = object()

    def __init__(self) -> None:
        super().__init__()
        self.stranger = RSAKey.generate_key(2048, {"kid": "stranger"})
        self.published: list[dict[str, object]] = []
        self.be_honest()

    @property
    def key_set(self):
        own = dict(self._key.as_dict(private=False))
        return {"keys": [own, *self.published]}

    @property
    def public_pem(self) -> bytes:
        """What everybody knows of its key, as text that could be taken for a shared secret."""
        return self._key.as_pem(private=False)

    def be_honest(self) -> None:
        self.key: RSAKey | rsa.RSAPrivateKey = self._key
        self.header: dict[str, object] = {}
        self.claims: dict[str, object] = {}
        self.payload: Callable[[bytes], bytes] = bytes
        self.secret = b""
        self.whole: object = self.SIGNED

    def lie(self, **lies: object) -> None:
        self.be_honest()
        for name, value in lies.items():
            setattr(self, name, value)

    def id_token(self, claims):
        header = {"alg": "RS256", "kid": self._key.kid, "typ": "JWT"} | self.header
        payload = self.payload(json.dumps(dict(claims) | self.claims).encode())
        said = {name: value for name, value in header.items() if value is not None}
        head = b64(json.dumps(said).encode()) + "." + b64(payload)
        signed = self._signature(str(header["alg"]), head.encode())
        return head + "." + b64(signed) if self.whole is self.SIGNED else self.whole

    def _signature(self, alg: str, head: bytes) -> bytes:
        if alg == "none":
            return b""
        if alg == "HS256":
            return hmac.digest(self.secret, head, hashlib.sha256)
        key = self.key if isinstance(self.key, rsa.RSAPrivateKey) else self.key.private_key
        return key.sign(head, padding.PKCS1v15(), hashes.SHA256())
