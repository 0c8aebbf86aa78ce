"""Signatures are checked as RFC 8032 and an independent library have it."""

import pytest

from foundation.audit.proof.edwards import is_signed
from foundation.crypto.signing import SigningKey

# RFC 8032, 7.1, test 2.
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
KEY = SigningKey.of(bytes(range(32)))


def test_the_published_signature_is_good():
    assert is_signed(PUBLIC, b"\x72", SIGNATURE)


@pytest.mark.parametrize("message", [b"", b"a", b"x" * 1000])
def test_what_the_library_signs_is_good(message):
    assert is_signed(KEY.public, message, KEY.sign(message))


@pytest.mark.parametrize("at", range(0, 512, 37))
def test_a_flipped_bit_is_noticed(at):
    wrong = bytearray(KEY.sign(b"a"))
    wrong[at // 8] ^= 1 << at % 8

    assert not is_signed(KEY.public, b"a", bytes(wrong))


def test_another_message_or_key_or_length_is_noticed():
    signature = KEY.sign(b"a")

    assert not is_signed(KEY.public, b"b", signature)
    assert not is_signed(PUBLIC, b"a", signature)
    assert not is_signed(KEY.public, b"a", signature[:63])
    assert not is_signed(b"\xff" * 32, b"a", signature)


def test_a_signature_with_a_scalar_beyond_the_order_is_refused():
    order = 2**252 + 27742317777372353535851937790883648493
    signature = KEY.sign(b"a")
    scalar = int.from_bytes(signature[32:], "little") + order

    assert not is_signed(KEY.public, b"a", signature[:32] + scalar.to_bytes(32, "little"))
