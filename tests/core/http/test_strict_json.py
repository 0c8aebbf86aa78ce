"""JSON without surprises (attack A134)."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import Invalid
from foundation.http.strict_json import MAX_DEPTH, MAX_INTEGER, BadJson, check_json, pointer


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{", "line 1"),
        (b"", "line 1"),
        (b'{"a": 1} x', "Extra data"),
        (b'{"a": 1, "a": 2}', "'a' stands twice"),
        (b'[{"b": {"a": 1, "a": 1}}]', "'a' stands twice"),
        (b'{"a": NaN}', "NaN is no JSON"),
        (b'{"a": -Infinity}', "-Infinity is no JSON"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": 9007199254740993}', "2\\^53-1"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "2\\^53-1"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b'{"a": "\\ud800"}', "surrogate"),
        (b'{"\\udfff": 1}', "surrogate"),
        (b"[" * 100_000, "deeper"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "deeper"),
        (b"{'a': 1}", "line 1"),
    ],
)
def test_a134_what_parsers_read_differently_is_refused(body, reason):
    with pytest.raises(BadJson, match=reason):
        check_json(body)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        (b'{"a": "x\\u0000"}', "/a"),
        (b'{"a": ["x", {"b": "\\u0000"}]}', "/a/1/b"),
        (b'{"a\\u0000": 1}', "/a"),
    ],
)
def test_nul_in_a_text_is_a_bad_field(body, where):
    with pytest.raises(Invalid) as refused:
        check_json(body)

    assert [bad.pointer for bad in refused.value.errors] == [where]


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": "\\\\u0000"}', {"a": "\\u0000"}),
        (b'{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
        (b'{"a": "' + b"[" * 100 + b'"}', {"a": "[" * 100}),
        (b'{"a": "\\"' + b"{" * 50 + b'"}', {"a": '"' + "{" * 50}),
        (b"[" + b"[]," * 50 + b"[]]", [[]] * 51),
        (b"%d" % MAX_INTEGER, MAX_INTEGER),
        (b"-%d" % MAX_INTEGER, -MAX_INTEGER),
    ],
)
def test_what_only_looks_odd_is_read(body, value):
    assert check_json(body) == value


def test_the_deepest_allowed_nesting_is_read():
    check_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",))),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(json_values, st.booleans())
def test_any_plain_value_comes_through_unchanged(value, ascii_only):
    assert check_json(json.dumps(value, ensure_ascii=ascii_only).encode()) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused_but_never_raise_otherwise(body):
    with suppress(BadJson, Invalid):
        check_json(body)


def test_a_pointer_escapes_what_it_is_made_of():
    assert pointer("a/b", "c~d", 0) == "/a~1b/c~0d/0"


def test_a_long_foreign_name_is_cut():
    assert len(pointer("x" * 10_000)) == 101
