"""A value in hand is in no line, in whatever form it gets there."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.secret import Secret
from foundation.telemetry import live
from foundation.telemetry.live import MOST, LiveValues, forms_of
from foundation.telemetry.render import Renderer

CANARY = 'can/ary "7f3a+9c" \u00e9\u00df'


def holding(*texts: str) -> LiveValues:
    registry = LiveValues()
    for text in texts:
        registry.hold(Secret(text))
    return registry


@pytest.mark.parametrize(
    "written",
    [
        CANARY,
        json.dumps(CANARY),
        json.dumps(json.dumps(CANARY)),
        quote(CANARY),
        quote(CANARY, safe=""),
        quote_plus(CANARY),
    ],
)
def test_a123_a_value_is_hidden_raw_and_escaped(written):
    line = Renderer(live=holding(CANARY)).render("info", "x", {"note": f"before {written} after"})

    assert b"7f3a" not in line
    assert b"before" in line


@given(st.binary(max_size=8), st.binary(max_size=8))
def test_a123_a_value_is_hidden_inside_base64_whatever_stands_around_it(before, after):
    line = base64.b64encode(before + CANARY.encode() + after)
    core = base64.b64encode(CANARY.encode())[8:-8]

    cleaned = holding(CANARY).clean(line)

    assert len(cleaned) < len(line)
    assert core not in cleaned


def test_a123_a_user_with_a_password_in_base64_is_hidden():
    line = b"Basic " + base64.b64encode(b"ada:hunter2-hunter2")

    assert live.STARS in holding("hunter2-hunter2").clean(line)


def test_each_line_of_a_longer_value_is_hidden():
    key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ\n-----END KEY-----"

    assert b"kqhki" not in holding(key).clean(b"the second line kqhkiG9w0BAQ alone")


@pytest.mark.parametrize("value", ["", "abc", "12345", "postgres", "password"])
def test_a127_a_short_or_common_value_leaves_the_log_readable(value):
    line = b'{"msg":"abc 12345 postgres password connected"}'

    assert holding(value).clean(line) == line


def test_only_the_last_values_are_kept():
    registry = holding(*(f"secret-number-{n}" for n in range(MOST + 1)))

    assert registry.clean(b"secret-number-0 ") == b"secret-number-0 "
    assert b"number" not in registry.clean(f"secret-number-{MOST}".encode())


def test_the_longest_form_goes_first():
    assert list(forms_of("abcdefgh")) == sorted(forms_of("abcdefgh"), key=len, reverse=True)


def test_a_process_without_logs_holds_nothing():
    live.hide_from_logs(Secret("a-long-enough-secret"))

    assert live.hidden("nothing to hide") == "nothing to hide"
