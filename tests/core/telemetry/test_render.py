"""One JSON object a line, whatever is given."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.telemetry.line import bound
from foundation.telemetry.redact import Redactor
from foundation.telemetry.render import LONGEST, Renderer, fixed_fields

renderer = Renderer(fixed={"pid": 7, "service": "foundation"})
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.binary() | st.text(
        st.characters(exclude_categories=())
    ),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
)  # fmt: skip


def rendered(level="info", message="done", **values):
    line = renderer.render(level, message, values)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    return json.loads(line)


def test_a_line_has_level_time_origin_and_message_first():
    line = renderer.render("info", "done", {"extra": 1})

    assert list(json.loads(line)) == ["level", "time", "pid", "service", "msg", "extra"]


def test_the_level_can_be_a_number_as_pino_writes_it():
    levels = [
        json.loads(Renderer(levels="number").render(level, "x", {}))["level"]
        for level in ("debug", "info", "warning", "error", "critical")
    ]

    assert levels == [20, 30, 40, 50, 60]


def test_the_ids_of_the_present_request_are_in_every_line():
    with bound({"request_id": "r-1", "session": "s-1"}, set()):
        line = rendered()

    assert line["request_id"] == "r-1"
    assert "session" not in line


def test_a_value_does_not_pass_for_a_field_of_the_line():
    line = rendered(pid=1, level_="x", service="theirs")

    assert line["pid"] == 7
    assert line["pid_"] == 1
    assert line["service_"] == "theirs"


@given(message=anything, value=anything)
def test_nothing_makes_a_line_that_does_not_parse(message, value):
    line = renderer.render("info", message, {"value": value})

    assert isinstance(json.loads(line), dict)
    assert line.count(b"\n") == 1
    assert len(line) <= LONGEST


@pytest.mark.parametrize(
    "value",
    [2**70, "\ud800", float("inf"), {(1, 2): object()}, "x" * 1_000_000, ["y" * 9_000] * 90],
)
def test_huge_and_odd_values_are_written(value):
    line = renderer.render("info", "odd", {"value": value})

    assert json.loads(line)["msg"] == "odd"
    assert len(line) <= LONGEST


@pytest.mark.parametrize("mark", ["\x1b", "\x7f", "\x9b", "\u202e", "\u2066", "\u2028", "\u200b"])
def test_a_character_that_steers_a_terminal_or_hides_text_is_escaped(mark):
    line = renderer.render("info", f"a{mark}b", {})

    assert mark.encode() not in line
    assert json.loads(line)["msg"] == f"a{mark}b"


def test_other_scripts_are_written_as_they_are():
    assert "Grüße, 世界".encode() in renderer.render("info", "Grüße, 世界", {})


def test_an_exception_is_told_with_its_place_and_without_secrets():
    try:
        raise ValueError("password=canary")
    except ValueError as fault:
        line = rendered("error", "failed", exc_info=fault)

    assert "test_render.py" in line["exception"]
    assert "ValueError: password=***" in line["exception"]


def test_an_exception_shows_no_local_variables():
    def inner(hidden):
        return 1 / 0

    line: dict = {}
    try:
        inner("can" + "ary")
    except ZeroDivisionError as fault:
        line = rendered("error", "failed", exc_info=fault)

    assert "canary" not in line["exception"]


def test_a_deep_traceback_keeps_its_end():
    def deep(left):
        return deep(left - 1) if left else [].pop()

    line = b""
    try:
        deep(900)
    except IndexError as fault:
        line = renderer.render("error", "failed", {"exc_info": fault})

    assert len(line) <= LONGEST
    assert "pop from empty list" in json.loads(line)["exception"]


def test_a_line_is_written_even_when_the_redactor_fails():
    class Broken(Redactor):
        def value(self, value, deep=None):
            raise RuntimeError("no")

    line = json.loads(Renderer(Broken()).render("info", "x", {}))

    assert line["msg"] == "a log line could not be written"
    assert line["fault"] == "RuntimeError"


def test_the_origin_of_a_line_is_told():
    fields = fixed_fields(slot=2, environment="production", version="1.0")

    assert fields["slot"] == 2
    assert {"pid", "hostname", "service", "env", "version"} <= set(fields)
    assert "slot" not in fixed_fields(slot=None, environment="x", version="1")
