"""How an event's detail is kept."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field
from pydantic_core import to_json

from foundation.audit.events import Commit, Detail, Drop, Keyed, Mask, Plain
from foundation.audit.redact import CUT, MAX_ITEMS, MAX_TEXT, commits_to, kept, text
from foundation.secret import Secret

ID = UUID("0192aaaa-0000-7000-8000-00000000000a")


class Colour(StrEnum):
    RED = "red"


class Inner(Detail):
    name: str
    token: Annotated[str, Drop] = ""


class Full(Detail):
    plain: Annotated[str, Plain] = "a"
    dropped: Annotated[str, Drop] = "hunter2"
    dropped_too: Annotated[str | None, Drop()] = None
    masked: Annotated[str, Mask(4)] = "4111111111111111"
    secret: Secret = Secret("hunter2")
    raw: bytes = b"hunter2"
    inner: Inner = Inner(name="b", token="hunter2")
    many: tuple[Inner, ...] = (Inner(name="c", token="hunter2"),)
    by_name: dict[str, Secret] = Field(default_factory=lambda: {"x": Secret("hunter2")})


class Value(Detail):
    value: Any


def test_each_field_is_kept_as_it_is_marked():
    assert kept(Full()) == {
        "plain": "a",
        "dropped": "set",
        "dropped_too": "empty",
        "masked": "…1111",
        "secret": "set",
        "raw": "set",
        "inner": {"name": "b", "token": "set"},
        "many": [{"name": "c", "token": "set"}],
        "by_name": {"x": "set"},
    }


def test_an_empty_secret_is_empty():
    assert kept(Full(secret=Secret("")))["secret"] == "empty"


@pytest.mark.parametrize(("value", "shown"), [("12345678", "…5678"), ("abcd", "…cd"), ("a", "…")])
def test_a_mask_never_shows_more_than_half(value, shown):
    assert kept(Full(masked=value))["masked"] == shown


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (2**53, "9007199254740992"),
        (ID, str(ID)),
        (Decimal("1.10"), "1.10"),
        (date(2026, 5, 1), "2026-05-01"),
        (datetime(2026, 5, 1, tzinfo=UTC), "2026-05-01T00:00:00+00:00"),
        (Colour.RED, "red"),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({"a": [1]}, {"a": [1]}),
    ],
)
def test_a_value_is_kept_as_plain_json(value, stored):
    assert kept(Value(value=value)) == {"value": stored}


def test_a_long_text_is_cut_and_says_so():
    stored = kept(Value(value="x" * 5_000))["value"]

    assert stored == "x" * MAX_TEXT + CUT


def test_a_long_list_is_cut_and_says_so():
    stored = kept(Value(value=list(range(500))))["value"]

    assert stored == [*range(MAX_ITEMS), CUT]


@pytest.mark.parametrize("value", ["a\0b", "a\ud800b"])
def test_what_jsonb_cannot_hold_becomes_the_replacement_character(value):
    assert text(value) == "a\ufffdb"


def test_a_whole_surrogate_pair_stays():
    assert text("\U0001f600") == "\U0001f600"


@pytest.mark.parametrize("value", [1.5, object(), 1j])
def test_what_json_has_no_form_for_is_refused(value):
    with pytest.raises(ValueError, match="cannot hold"):
        kept(Value(value=value))


def test_a_detail_over_the_limit_is_refused_and_not_stored_half():
    with pytest.raises(ValueError, match="over 32768 bytes"):
        kept(Value(value={str(n): "x" * 900 for n in range(50)}))


@given(st.text(st.characters(codec=None), max_size=50))
def test_any_text_can_be_stored(value):
    to_json(kept(Value(value=value)))


class Hashed(Detail):
    email: Annotated[str, Keyed]
    code: Annotated[Secret, Commit]


def test_a_keyed_value_is_found_again_and_not_read():
    first, same = (kept(Hashed(email="a@b.c", code=Secret("7")), key=b"k") for _ in range(2))
    other = kept(Hashed(email="x@b.c", code=Secret("7")), key=b"k")
    elsewhere = kept(Hashed(email="a@b.c", code=Secret("7")), key=b"other")

    assert first["email"] == same["email"]
    assert len({first["email"], other["email"], elsewhere["email"]}) == 3
    assert "a@b.c" not in str(first)


def test_whoever_holds_a_committed_value_can_prove_it():
    stored = kept(Hashed(email="", code=Secret("4711")))["code"]

    assert commits_to(stored, "4711")
    assert not commits_to(stored, "4712")
    assert stored != kept(Hashed(email="", code=Secret("4711")))["code"]
