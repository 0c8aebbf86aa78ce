"""Masking: no value that was lent is left in a line, a result or an error, whole or in pieces."""

import base64
from datetime import UTC, datetime

import pytest

from foundation.runs.masking import Mask, Strainer
from foundation.secret import Secret

VALUE = "canary-9f1c-secret"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def mask() -> Mask:
    mask = Mask()
    mask.hold([Secret(VALUE), Secret("abc")])
    return mask


def test_a123_a_value_in_pieces_over_lines_is_found(mask):
    assert mask.lines(["a canary-9f", "1c-secret b", VALUE, "plain"]) == [
        *("a ***", "*** b", "***", "plain"),
    ]


def test_what_an_encoder_broke_into_lines_is_found(mask):
    broken = base64.encodebytes((VALUE * 6).encode()).decode().splitlines()
    whole = "".join(mask.lines(broken))

    assert base64.b64encode(VALUE.encode()).decode()[2:-4] not in whole


def test_a_result_is_masked_in_its_names_and_values_and_keeps_its_shape(mask):
    result = {VALUE: [1, True, None, {"x": f"<{VALUE}>"}], "n": 2.5}

    assert mask.data(result) == {"***": [1, True, None, {"x": "<***>"}], "n": 2.5}


def test_a_number_that_is_a_value_is_masked():
    mask = Mask()
    mask.hold([Secret("73518264")])

    assert mask.data({"pin": 73518264, "rows": 7}) == {"pin": "***", "rows": 7}


def test_a127_a_short_value_leaves_the_log_readable(mask):
    assert mask.lines(["abc abcdef"]) == ["abc abcdef"]


def test_nothing_lent_costs_nothing_and_keeps_nothing_back():
    strainer = Strainer(Mask())
    strainer.add((NOW, VALUE))

    assert strainer.take() == [(NOW, VALUE)]


def test_a123_the_end_waits_once_for_what_may_follow(mask):
    strainer = Strainer(mask)
    for line in ("x" * 200, "y" * 200, "the canary"):
        strainer.add((NOW, line))
    first = [text for _, text in strainer.take()]
    strainer.add((NOW, "-9f1c-secret"))
    second = [text for _, text in strainer.take()]
    third = [text for _, text in strainer.take()]

    assert first == ["x" * 200]
    assert (second, third) == (["y" * 200, "the ***"], ["***"])


def test_what_waits_goes_with_the_last_call(mask):
    strainer = Strainer(mask)
    strainer.add((NOW, "canary"))

    assert (strainer.take(), strainer.take(final=True)) == ([], [(NOW, "canary")])
    assert strainer.size == 0
