"""The key set: what may sign is kept, the rest is dropped, and nobody can cause a storm."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc.jwk import ECKey, OctKey, OKPKey

from foundation.auth.oidc.jwks import KeyStore, read_keys
from foundation.auth.oidc.wire import BadAnswer


def weak_key() -> dict[str, str]:
    numbers = rsa.generate_private_key(65537, 1024).public_key().public_numbers()
    n = base64.urlsafe_b64encode(numbers.n.to_bytes(128, "big")).rstrip(b"=").decode()
    return {"kty": "RSA", "kid": "weak", "n": n, "e": "AQAB"}


@pytest.fixture
def good(rsa_key) -> dict[str, object]:
    return dict(rsa_key.as_dict(private=False))


def test_a019_keys_that_may_not_sign_are_dropped(good) -> None:
    shared = dict(OctKey.generate_key(256, {"kid": "oct"}).as_dict(private=True))
    others = [
        weak_key(),
        shared,
        good | {"kid": "enc", "use": "enc"},
        good | {"kid": "hs", "alg": "HS256"},
        good | {"kid": "rs384", "alg": "RS384"},
        good | {"kid": "none", "alg": "none"},
        {"kty": "PQ", "kid": "future"},
        {"kty": "RSA", "kid": "broken", "n": "!", "e": 7},
        {"kid": "nothing"},
        "text",
        None,
    ]

    assert [key.kid for key in read_keys({"keys": [*others, good]})] == ["k1"]


def test_elliptic_and_edwards_keys_are_kept() -> None:
    ec = ECKey.generate_key("P-256", {"kid": "ec"}).as_dict(private=False)
    ed = OKPKey.generate_key("Ed25519", {"kid": "ed"}).as_dict(private=False)

    assert [key.kid for key in read_keys({"keys": [ec, ed]})] == ["ec", "ed"]


@pytest.mark.parametrize(
    "document", [{}, {"keys": {}}, {"keys": None}, {"keys": []}, {"keys": ["x"]}]
)
def test_a_set_without_a_usable_key_is_a_bad_answer(document) -> None:
    with pytest.raises(BadAnswer):
        read_keys(document)


def test_a_weak_key_alone_is_no_key() -> None:
    with pytest.raises(BadAnswer):
        read_keys({"keys": [weak_key()]})


async def test_keys_are_kept_for_an_hour(lying, clock, pool) -> None:
    store = KeyStore(pool=pool, clock=clock)
    for _ in range(3):
        await store.get(f"{lying.issuer}/jwks")
    clock.move(minutes=61)
    await store.get(f"{lying.issuer}/jwks")

    assert lying.requests.count("/jwks") == 2


async def test_a_forced_fetch_happens_once_in_thirty_seconds(lying, clock, pool) -> None:
    store = KeyStore(pool=pool, clock=clock)
    for _ in range(4):
        await store.get(f"{lying.issuer}/jwks", refetch=True)

    assert lying.requests.count("/jwks") == 1


async def test_the_last_good_keys_serve_while_the_provider_is_away(
    lying, clock, pool, rsa_key
) -> None:
    store = KeyStore(pool=pool, clock=clock)
    await store.get(f"{lying.issuer}/jwks")
    clock.move(hours=2)
    lying.key_set = {"keys": []}

    assert [key.kid for key in await store.get(f"{lying.issuer}/jwks")] == ["k1"]


async def test_without_any_keys_there_is_no_answer(lying, clock, pool) -> None:
    lying.key_set = "junk"

    with pytest.raises(BadAnswer):
        await KeyStore(pool=pool, clock=clock).get(f"{lying.issuer}/jwks")
