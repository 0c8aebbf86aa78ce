"""The development provider's key signs tokens that its own key set verifies."""

from joserfc import jwt
from joserfc.jwk import KeySet

from foundation.auth.oidc.jwks import read_keys
from foundation.auth.oidc.minting import Mint


def test_a_token_verifies_with_the_published_key() -> None:
    mint = Mint()
    keys = read_keys(dict(mint.key_set))

    assert isinstance(keys, KeySet)
    assert jwt.decode(mint.id_token({"sub": "ada"}), keys).claims == {"sub": "ada"}


def test_the_published_key_is_public() -> None:
    assert "d" not in Mint().key_set["keys"][0]


def test_two_mints_have_two_keys() -> None:
    assert Mint().key_set != Mint().key_set
