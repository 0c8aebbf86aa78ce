"""Sealed notes open for their purpose, under their secret, unchanged."""

import base64
from uuid import UUID

import pytest

from foundation.crypto.cookie import (
    NoteBroken,
    open_note,
    open_under_token,
    seal_note,
    seal_under_token,
)
from foundation.crypto.derive import AppSecret
from foundation.secret import Secret

HERE = UUID(int=1)


def secret(*letters: str) -> AppSecret:
    lines = (base64.b64encode(letter.encode() * 32).decode() for letter in letters)
    return AppSecret(Secret("\n".join(lines)), deployment=HERE)


def test_a_note_opens_again_and_fits_in_a_cookie() -> None:
    text = seal_note(secret("a"), b"note", purpose="tx")

    assert open_note(secret("a"), text, purpose="tx") == b"note"
    assert set(text) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


def test_a_note_of_an_older_line_still_opens() -> None:
    text = seal_note(secret("a"), b"note", purpose="tx")

    assert open_note(secret("b", "a"), text, purpose="tx") == b"note"


@pytest.mark.parametrize("text", ["", "A", "AAAA", "é", "!!!!", "A" * 4096, "=" * 9])
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(NoteBroken):
        open_note(secret("a"), text, purpose="tx")


def test_a_note_for_something_else_or_under_another_secret_is_refused() -> None:
    text = seal_note(secret("a"), b"note", purpose="tx")

    with pytest.raises(NoteBroken):
        open_note(secret("a"), text, purpose="other")
    with pytest.raises(NoteBroken):
        open_note(secret("b"), text, purpose="tx")


def test_a_note_under_a_token_opens_with_that_token_only() -> None:
    sealed = seal_under_token("token", b"hint", deployment=HERE, purpose="hint")

    assert open_under_token("token", sealed, deployment=HERE, purpose="hint") == b"hint"
    with pytest.raises(NoteBroken):
        open_under_token("other", sealed, deployment=HERE, purpose="hint")
    with pytest.raises(NoteBroken):
        open_under_token("token", b"", deployment=HERE, purpose="hint")
