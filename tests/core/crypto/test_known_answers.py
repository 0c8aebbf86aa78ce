"""The algorithms answer as the published vectors say (Wycheproof, NIST, RFC)."""

import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography_vectors import open_vector_file

from foundation.crypto import bundle
from foundation.crypto.derive import joined

FIELDS = ("key", "iv", "plaintext", "aad", "ciphertext", "tag")


def _aes_gcm_siv():
    with open_vector_file("ciphers/AES/GCM-SIV/openssl.txt", "r") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        lines = (line.split("=", 1) for line in block.splitlines() if "=" in line)
        case = {name.strip().lower(): value.strip() for name, value in lines}
        if {"key", "iv", "plaintext", "ciphertext", "tag"} <= case.keys():
            yield {n: bytes.fromhex(case.get(n, "")) for n in FIELDS}


def test_aes_gcm_siv_with_256_bits_wraps_as_published():
    cases = [case for case in _aes_gcm_siv() if len(case["key"]) == 32]

    assert len(cases) > 10
    for case in cases:
        cipher = AESGCMSIV(case["key"])
        if not case["plaintext"]:
            continue
        sealed = cipher.encrypt(case["iv"], case["plaintext"], case["aad"])
        assert sealed == case["ciphertext"] + case["tag"]
        assert cipher.decrypt(case["iv"], sealed, case["aad"]) == case["plaintext"]


def test_aes_gcm_with_256_bits_seals_as_published():
    with open_vector_file("ciphers/AES/GCM/gcmDecrypt256.rsp", "r") as file:
        text = file.read()
    good = bad = 0
    for block in text.split("\n\n"):
        case = dict(line.split(" = ", 1) if " = " in line else (line.strip(" ="), "")
                    for line in block.splitlines() if line and not line.startswith(("#", "[")))  # fmt: skip
        if not {"Key", "IV", "CT", "AAD", "Tag"} <= case.keys() or len(case["IV"]) != 24:
            continue
        if len(case["Tag"]) != 32:
            continue
        cipher = AESGCM(bytes.fromhex(case["Key"]))
        sealed = bytes.fromhex(case["CT"] + case["Tag"])
        nonce, aad = bytes.fromhex(case["IV"]), bytes.fromhex(case["AAD"])
        if "FAIL" in case:
            with pytest.raises(InvalidTag):
                cipher.decrypt(nonce, sealed, aad)
            bad += 1
        else:
            assert cipher.decrypt(nonce, sealed, aad).hex() == case.get("PT", "")
            good += 1
    assert good > 50
    assert bad > 50


def test_scrypt_stretches_as_rfc_7914_says():
    derived = Scrypt(b"NaCl", 64, 1024, 8, 16).derive(b"password")

    assert derived.hex().startswith(
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
    )
    assert (bundle.COST, bundle.BLOCK, bundle.PARALLEL) == (32768, 8, 1)


def test_a_place_is_written_with_the_length_before_each_part():
    assert joined("ab", "", b"c").hex() == "00000002616200000000" + "0000000163"
    assert json.dumps(joined("ab", "c").hex()) != json.dumps(joined("a", "bc").hex())
