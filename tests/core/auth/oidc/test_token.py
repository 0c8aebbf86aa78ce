"""The ID token's signature and header: only our algorithms, only the provider's keys."""

import base64
import json

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from foundation.auth.oidc.token import read
from foundation.auth.refusal import Refused

REFUSALS = (Refused, JoseError, ValueError, TypeError, KeyError)


class Keys:
    """What a key store gives, and how often it was asked anew."""

    def __init__(self, *keys) -> None:
        self.keys = KeySet([*keys])
        self.refetched = 0

    async def __call__(self, *, refetch: bool = False, kid: str = "") -> KeySet:
        self.refetched += refetch
        return self.keys


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def raw(header: dict, payload: bytes, key: RSAKey) -> str:
    """Sign any bytes: what `jwt.encode` would not write."""
    head = b64(json.dumps(header).encode()) + "." + b64(payload)
    return head + "." + b64(JWSRegistry.algorithms["RS256"].sign(head.encode(), key))


async def test_an_honest_token_is_read(rsa_key) -> None:
    token = jwt.encode({"alg": "RS256", "kid": "k1"}, {"sub": "ada", "nonce": "n"}, rsa_key)

    assert await read(token, Keys(rsa_key)) == {"sub": "ada", "nonce": "n"}


@pytest.mark.parametrize("alg", ["RS256", "PS256"])
async def test_rsa_algorithms_of_the_list_are_read(rsa_key, alg: str) -> None:
    key = RSAKey.import_key(rsa_key.as_dict(private=True) | {"alg": alg})

    assert await read(
        jwt.encode({"alg": alg, "kid": "k1"}, {"sub": "a"}, key, algorithms=[alg]), Keys(key)
    )


@pytest.mark.parametrize("alg", ["Ed25519", "EdDSA"])
async def test_edwards_keys_are_read_under_both_names_without_a_warning(alg: str) -> None:
    key = OKPKey.generate_key("Ed25519", {"kid": "e"})
    token = jwt.encode({"alg": "Ed25519", "kid": "e"}, {"sub": "a"}, key, algorithms=["Ed25519"])
    head = b64(json.dumps({"alg": alg, "kid": "e"}).encode()) + "." + token.split(".")[1]
    signed = head + "." + b64(key.private_key.sign(head.encode()))

    assert await read(signed, Keys(key)) == {"sub": "a"}


async def test_elliptic_keys_are_read() -> None:
    key = ECKey.generate_key("P-256", {"kid": "e"})

    assert await read(jwt.encode({"alg": "ES256", "kid": "e"}, {"sub": "a"}, key), Keys(key))


async def test_a013_a_token_without_a_signature_is_refused(rsa_key) -> None:
    for alg in ("none", "None", "NONE", ""):
        token = b64(json.dumps({"alg": alg}).encode()) + "." + b64(b'{"sub": "a"}') + "."
        with pytest.raises(JoseError):
            await read(token, Keys(rsa_key))


async def test_a014_a_token_signed_with_the_public_key_or_the_client_secret_is_refused(
    rsa_key,
) -> None:
    import hashlib
    import hmac

    head = b64(b'{"alg":"HS256","kid":"k1"}') + "." + b64(b'{"sub":"a"}')
    for key in (rsa_key.as_pem(private=False), b"the-client-secret"):
        token = head + "." + b64(hmac.digest(key, head.encode(), hashlib.sha256))
        with pytest.raises(JoseError):
            await read(token, Keys(rsa_key))


async def test_a015_an_unknown_key_is_refused_whatever_the_token_brings(rsa_key, other_key) -> None:
    header = {
        "alg": "RS256",
        "kid": "k1",
        "jwk": other_key.as_dict(private=False),
        "x5c": ["A" * 2000],
    }
    keys = Keys(rsa_key)

    with pytest.raises(JoseError):
        await read(raw(header, b'{"sub": "a"}', other_key), keys)


async def test_a_certificate_chain_of_2_kb_is_no_reason_to_refuse(rsa_key) -> None:
    token = raw({"alg": "RS256", "kid": "k1", "x5c": ["A" * 2000]}, b'{"sub": "a"}', rsa_key)

    assert await read(token, Keys(rsa_key)) == {"sub": "a"}


async def test_an_unknown_critical_header_is_refused(rsa_key) -> None:
    token = raw(
        {"alg": "RS256", "kid": "k1", "crit": ["b64x"], "b64x": 1}, b'{"sub": "a"}', rsa_key
    )

    with pytest.raises(JoseError):
        await read(token, Keys(rsa_key))


async def test_a017_without_a_key_id_one_key_is_enough_and_two_are_not(rsa_key, other_key) -> None:
    token = raw({"alg": "RS256"}, b'{"sub": "a"}', rsa_key)

    assert await read(token, Keys(rsa_key)) == {"sub": "a"}
    with pytest.raises(JoseError):
        await read(token, Keys(rsa_key, other_key))


async def test_an_unknown_key_id_asks_for_the_keys_once_more(rsa_key) -> None:
    keys = Keys(rsa_key)

    with pytest.raises(JoseError):
        await read(raw({"alg": "RS256", "kid": "new"}, b"{}", rsa_key), keys)
    assert keys.refetched == 1


async def test_a019_a_key_for_another_algorithm_is_refused(rsa_key) -> None:
    key = RSAKey.import_key(rsa_key.as_dict(private=False) | {"alg": "PS256"})

    with pytest.raises(JoseError):
        await read(raw({"alg": "RS256", "kid": "k1"}, b'{"sub": "a"}', rsa_key), Keys(key))


async def test_a025_a_member_given_twice_is_refused(rsa_key) -> None:
    header = {"alg": "RS256", "kid": "k1"}

    with pytest.raises(JoseError):
        await read(raw(header, b'{"sub": "ada", "sub": "admin"}', rsa_key), Keys(rsa_key))


@pytest.mark.parametrize("payload", [b"[]", b"null", b'{"exp": NaN}', b"\xff", b"", b"{" * 50_000])
async def test_a_payload_that_is_no_plain_object_is_refused(rsa_key, payload: bytes) -> None:
    with pytest.raises((*REFUSALS, RecursionError)):
        await read(raw({"alg": "RS256", "kid": "k1"}, payload, rsa_key), Keys(rsa_key))


@pytest.mark.parametrize("typ", ["at+jwt", "logout+jwt", "application/at+jwt", "", 7, None])
async def test_a026_a_token_of_another_type_is_refused(rsa_key, typ: object) -> None:
    with pytest.raises(REFUSALS):
        await read(
            raw({"alg": "RS256", "kid": "k1", "typ": typ}, b'{"sub": "a"}', rsa_key), Keys(rsa_key)
        )


@pytest.mark.parametrize("typ", ["JWT", "jwt", "application/jwt", "id_token+jwt"])
async def test_an_id_token_may_say_so(rsa_key, typ: str) -> None:
    token = raw({"alg": "RS256", "kid": "k1", "typ": typ}, b'{"sub": "a"}', rsa_key)

    assert await read(token, Keys(rsa_key)) == {"sub": "a"}


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "a.b.c.d.e", "é", "." * 10, "A" * 200_000])
async def test_what_is_no_token_is_refused(rsa_key, token: str) -> None:
    with pytest.raises((*REFUSALS, AttributeError)):
        await read(token, Keys(rsa_key))
