"""Keys that sign: read from a ring, the active one first."""

import base64

import pytest

from foundation.crypto.keyfile import RingRefused
from foundation.crypto.signing import SigningKey, read_signing_keys


def test_the_published_key_gives_the_published_public_half():
    seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    public = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"

    assert SigningKey.of(seed).public.hex() == public


def test_the_active_key_of_a_ring_comes_first(tmp_path):
    path = tmp_path / "ring"
    lines = [f"{kid} {base64.b64encode(kid.encode() * 32).decode()}" for kid in "abc"]
    path.write_text("\n".join([*lines, "active b", ""]))
    path.chmod(0o400)
    wanted = [SigningKey.of(kid.encode() * 32).public for kid in "bac"]

    assert [key.public for key in read_signing_keys(path)] == wanted


def test_a_ring_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(RingRefused):
        read_signing_keys(tmp_path / "ring")
