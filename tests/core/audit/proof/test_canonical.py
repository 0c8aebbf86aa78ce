"""Our canonical JSON is that of RFC 8785, for all that the trail can hold."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from foundation.audit.proof.canonical import canonical

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_it_is_what_an_independent_implementation_writes(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_keys_go_by_utf_16():
    value = {"\ue000": 1, "\U0001f600": 2, "a": {"\uffff": 1, "\U00010000": [{"\u00e9": None}]}}

    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [1.5, [0.0], {"a": {"b": float("nan")}}])
def test_a_float_is_refused(value):
    with pytest.raises(ValueError, match="float"):
        canonical(value)
