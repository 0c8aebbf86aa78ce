"""An exception in a plugin is told in one line, with the plugin's own file and line."""

import pytest

from foundation.plugins.blame import told, trace_of, where_of, without_needs


@pytest.fixture
def raised(yard):
    """Import a plugin that raises, and give what it raised."""

    def import_it(body):
        yard.write("orders", body)
        with pytest.raises(BaseException) as caught:  # noqa: PT011  # an import raises anything
            __import__("foundation_orders.plugin")
        return caught.value

    return import_it


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (
            "import nope",
            "ModuleNotFoundError: No module named 'nope' (foundation_orders/plugin.py, line 5)",
        ),
        ("raise ValueError", "ValueError: no message (foundation_orders/plugin.py, line 5)"),
        ("raise ValueError('a\\nb')", "ValueError: a (foundation_orders/plugin.py, line 5)"),
        (
            "raise SystemExit('bye')",
            "it called sys.exit('bye') (foundation_orders/plugin.py, line 5)",
        ),
        ("def", "SyntaxError: invalid syntax (foundation_orders/plugin.py, line 5)"),
        ("int('x')", "line 5)"),
    ],
)
def test_the_reason_names_what_was_raised_and_where(raised, body, line):
    assert told(raised(body), module="foundation_orders.plugin").endswith(line)


def test_an_exception_of_somebody_else_has_no_place():
    assert told(KeyError("x"), module="foundation_orders.plugin") == "KeyError: 'x'"


def test_a_route_without_needs_is_told_by_its_line(raised):
    error = raised("router = Router('orders')\n@router.delete('/{id}')\nasync def x(): ...\n")

    assert without_needs(error) == (
        "a route has no needs=: @router.delete('/{id}') (foundation_orders/plugin.py, line 6)"
    )


@pytest.mark.parametrize("error", [TypeError("missing 'needs'"), ValueError("Router")])
def test_any_other_exception_is_no_open_route(error):
    assert without_needs(error) is None


def test_the_trace_begins_in_the_plugin(raised):
    trace = trace_of(raised("int('x')"), module="foundation_orders.plugin").splitlines()

    assert trace[0].startswith("Traceback")
    assert "foundation_orders/plugin.py" in trace[1]
    assert trace[-1].startswith("ValueError")


def test_the_trace_of_somebody_elses_exception_is_whole():
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int("x")

    assert "test_blame.py" in trace_of(caught.value, module="foundation_orders.plugin")


def test_at_run_time_what_was_raised_is_told_and_not_its_words():
    assert where_of(KeyError("a secret"), module="nowhere") == "KeyError"
