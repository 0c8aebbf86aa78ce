"""What a provider says of a person is one short printable line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.auth.person import tidy


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        (" Ada\r\n", "Ada"),
        ("A\x1b[31mda", "A[31mda"),
        ("\u202eevil", "evil"),
        ("<img onerror=1>", "<img onerror=1>"),
        (None, ""),
        (7, ""),
        (["Ada"], ""),
        ({"name": "Ada"}, ""),
    ],
)
def test_a_claim_becomes_one_line_of_text(value: object, shown: str) -> None:
    assert tidy(value) == shown


@given(st.text(max_size=500))
def test_it_is_always_printable_and_short(value: str) -> None:
    assert tidy(value).isprintable()
    assert len(tidy(value)) <= 200
