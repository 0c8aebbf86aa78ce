"""One form for our own lines and everybody else's, seen from outside a real process."""

import json
import subprocess
import sys

import pytest

HEAD = """
import asyncio, logging, sys, threading, warnings
from foundation.secret import Secret
from foundation.telemetry.logging import configure, logger
configure(version="1.0", slot=1, secrets=[Secret("canary-canary")], level="{level}")
"""


def lines_of(body, level="info"):
    """Run *body* in a process of its own and return its lines; stderr must stay empty."""
    done = subprocess.run(
        [sys.executable, "-c", HEAD.format(level=level) + body],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_our_own_lines_and_foreign_ones_have_the_same_fields():
    ours, theirs = lines_of("logger().info('one')\nlogging.getLogger('x').info('two %s', 2)")

    assert (ours["msg"], theirs["msg"]) == ("one", "two 2")
    assert set(theirs) - set(ours) == {"logger"}


def test_a_logger_carries_its_plugin_and_what_is_bound():
    (line,) = lines_of("logger('projects').bind(slug='x').info('archived')")

    assert line["plugin"] == "projects"
    assert line["slug"] == "x"


def test_lines_below_the_level_are_not_written():
    body = "logger().info('no'); logging.getLogger('x').info('no'); logger().warning('yes')"

    assert [line["msg"] for line in lines_of(body, level="warning")] == ["yes"]


def test_a_talkative_library_is_heard_only_when_it_warns():
    body = "log = logging.getLogger('httpx2'); log.info('no'); log.warning('yes')"

    assert [line["msg"] for line in lines_of(body)] == ["yes"]


def test_an_exception_that_nobody_caught_is_one_line():
    (line,) = lines_of("raise ValueError('canary-canary')")

    assert line["msg"] == "uncaught exception"
    assert line["level"] == "critical"
    assert "ValueError: ***" in line["exception"]


def test_an_exception_in_a_thread_is_one_line():
    (line,) = lines_of("thread = threading.Thread(target=lambda: 1/0); thread.start()")

    assert "ZeroDivisionError" in line["exception"]


def test_an_exception_in_a_task_nobody_awaits_is_one_line():
    body = """
async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
async def fail():
    raise ValueError('lost')
asyncio.run(main())
"""
    (line,) = lines_of(body)

    assert line["level"] == "error"
    assert "ValueError: lost" in line["exception"]


def test_an_exception_nobody_could_raise_is_one_line():
    body = "class Bad:\n    def __del__(self): raise ValueError('in del')\nBad()"

    assert "ValueError: in del" in lines_of(body)[0]["exception"]


def test_a_warning_is_one_line():
    (line,) = lines_of("warnings.warn('old')")

    assert line["level"] == "warning"
    assert "old" in line["msg"]


@pytest.mark.parametrize(
    "call",
    [
        "logger().info('tried', dsn='postgresql://u:canary-canary@h/x')",
        "logger().info('tried canary-canary')",
        "logging.getLogger('x').warning('tried %s', 'canary-canary')",
        "logging.getLogger('x').warning('tried', exc_info=ValueError('canary-canary'))",
        "logger().info('tried', values={'password': 'canary-canary'})",
    ],
)
def test_no_way_leads_a_secret_out(call):
    lines = lines_of(call)

    assert len(lines) == 1
    assert "canary" not in json.dumps(lines)


def test_arguments_that_do_not_fit_a_foreign_message_do_not_raise():
    (line,) = lines_of("logging.getLogger('x').warning('%d', 'word')")

    assert line["msg"] == "%d"
