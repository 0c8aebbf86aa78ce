"""Sub-keys differ by purpose and deployment; the app secret can be replaced line by line."""

import base64
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.crypto.derive import AppSecret, derive, joined, key_from_text
from foundation.secret import Secret
from foundation.settings import SettingsRefused

HERE = UUID(int=1)
THERE = UUID(int=2)
OLD = base64.b64encode(b"o" * 32).decode()
NEW = base64.b64encode(b"n" * 32).decode()


def test_a_sub_key_is_the_known_answer_of_rfc_5869() -> None:
    # Independent of the library: HKDF-SHA256 written out with HMAC for one block.
    import hashlib
    import hmac

    prk = hmac.digest(HERE.bytes, b"k" * 32, hashlib.sha256)
    expected = hmac.digest(prk, b"purpose\x01", hashlib.sha256)

    assert derive(b"k" * 32, salt=HERE, purpose="purpose") == expected


def test_another_purpose_or_deployment_gives_another_key() -> None:
    keys = {derive(b"k" * 32, salt=salt, purpose=p) for salt in (HERE, THERE) for p in ("a", "b")}

    assert len(keys) == 4


@given(st.lists(st.binary(max_size=8), max_size=5), st.lists(st.binary(max_size=8), max_size=5))
def test_two_lists_of_parts_never_read_the_same(one: list[bytes], two: list[bytes]) -> None:
    assert (joined(*one) == joined(*two)) == (one == two)


@pytest.mark.parametrize(
    "text", ["", "x", base64.b64encode(b"k" * 31).decode(), "é" * 44, OLD + "!"]
)
def test_what_is_not_32_bytes_of_base64_is_no_key(text: str) -> None:
    assert key_from_text(text) is None


def test_both_base64_alphabets_write_the_same_key() -> None:
    raw = bytes([255] * 32)

    assert key_from_text(base64.b64encode(raw).decode()) == raw
    assert key_from_text(base64.urlsafe_b64encode(raw).decode()) == raw


def test_the_first_line_writes_and_all_lines_read() -> None:
    before = AppSecret(Secret(OLD), deployment=HERE)
    after = AppSecret(Secret(f"{NEW}\n{OLD}\n"), deployment=HERE)
    tag = before.sign("entry", b"message")

    assert after.verify("entry", b"message", tag)
    assert not before.verify("entry", b"message", after.sign("entry", b"message"))


def test_a_tag_counts_for_its_purpose_and_message_only() -> None:
    secret = AppSecret(Secret(OLD), deployment=HERE)
    tag = secret.sign("entry", b"message")

    assert not secret.verify("other", b"message", tag)
    assert not secret.verify("entry", b"massage", tag)
    assert not AppSecret(Secret(OLD), deployment=THERE).verify("entry", b"message", tag)


@pytest.mark.parametrize(("text", "where"), [("", "empty"), (f"{OLD}\ncanary", "line 2")])
def test_a_bad_secret_is_refused_by_line_and_never_printed(text: str, where: str) -> None:
    with pytest.raises(SettingsRefused, match=where) as refused:
        AppSecret(Secret(text), deployment=HERE)

    assert "canary" not in str(refused.value)
    assert "FOUNDATION_SECRET_KEY" in str(refused.value)


def test_the_secret_does_not_print() -> None:
    assert repr(AppSecret(Secret(OLD), deployment=HERE)) == "AppSecret(***)"
