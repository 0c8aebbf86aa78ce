"""One attempt as the worker sees it: what the child says, prints, and how it ends."""

import asyncio
import os
from pathlib import Path

import pytest

from foundation.clock import SystemClock
from foundation.runs.attempt import KEPT_VARIABLES, Running
from foundation.runs.lending import refused
from foundation.runs.logbook import LogBook
from foundation.runs.pace import Pace
from foundation.runs.wire import Orders
from foundation.secret import Secret
from foundation.telemetry.live import forms_of

HERE = str(Path(__file__).parent)
CANARY = 'canary/9f1c+"secret" that leaks'
LENT = {"of": Secret(CANARY)}


@pytest.fixture
def attempt(core_database_url):
    kept, progress = [], []

    async def lend(asked):
        return LENT if asked["what"] == "document" else refused("not_granted", "no")

    async def keep(_n, lines):
        kept.extend(line for _, line in lines)

    async def drop(_n):
        raise AssertionError

    async def told(message):
        progress.append(message)

    def make(kind, module="trials", **params):
        orders = Orders(
            run_id="00000000-0000-7000-8000-000000000001", attempt=1, fence=1,
            kind=f"trials.{kind}", kind_version=1, plugin="trials", module=module,
            params={"path": "", **params}, requested_by=None, requested_name="Ada",
            database_url=core_database_url.reveal(), app_version="test", seal=None,
            memory_mb=None,
            silence_s=30.0,
        )  # fmt: skip
        return Running(
            orders,
            grace_s=0.2,
            pace=Pace(flush=0.1, progress=0.05, grace_after=0.2),
            clock=SystemClock(),
            book=LogBook(keep, drop),
            progress=told,
            lend=lend,
        )

    environ = {**os.environ, "PYTHONPATH": HERE, "FOUNDATION_SECRET_KEY": "canary"}
    return make, environ, kept, progress


async def test_what_a_handler_says_is_kept_and_its_result_is_the_ending(attempt):
    make, environ, kept, progress = attempt

    ending = await make("short").run(environ)

    assert (ending.how, ending.result, ending.exit) == ("succeeded", {"ok": True}, "exit code 0")
    assert kept == ["one line"]
    assert progress == [{"done": 1, "total": 1, "unit": "thing", "phase": ""}]


async def test_a_job_that_cannot_be_imported_fails_and_says_why(attempt):
    make, environ, kept, _ = attempt

    ending = await make("short", module="there_is_no_such_module").run(environ)

    assert (ending.how, ending.code) == ("failed", "ModuleNotFoundError")
    assert any("there_is_no_such_module" in line for line in kept)


async def test_a_stop_that_came_before_the_child_ends_it(attempt, tmp_path):
    make, environ, _, _ = attempt
    running = make("wait", path=str(tmp_path / "trace"))
    running.stop("cancel")

    ending = await asyncio.wait_for(running.run(environ), 30)

    assert (ending.how, ending.code) == ("stopped", "cancel")


def test_no_setting_is_handed_on():
    assert not [name for name in KEPT_VARIABLES if "FOUNDATION" in name or "DATABASE" in name]


async def test_a123_what_was_lent_is_masked_in_everything_that_is_said(attempt):
    make, environ, kept, progress = attempt

    ending = await make("leaks", end="result").run(environ)
    failing = await make("leaks", end="error").run(environ)

    said = [*kept, *progress, ending, failing]
    assert (ending.how, failing.how, failing.code) == ("succeeded", "failed", "ValueError")
    assert ending.result == {"***": ["***"], "about": "it is ***", "n": 3}
    assert failing.message == "the server says: *** is wrong"
    assert len([line for line in kept if "***" in line]) >= 14
    whole = "".join(kept) + repr(said)
    assert not [form.decode() for form in forms_of(CANARY) if form.decode() in whole]


async def test_what_is_refused_ends_the_attempt_with_its_code(attempt):
    make, environ, _, _ = attempt

    ending = await make("leaks", end="credential").run(environ)

    assert (ending.how, ending.code, ending.retryable) == ("failed", "not_granted", False)


async def test_a_long_line_without_an_end_is_taken_in_pieces(attempt):
    make, environ, kept, _ = attempt

    ending = await make("endless").run(environ)

    assert ending.how == "succeeded"
    assert sum(map(len, kept)) > 100_000 // 8_000 * 1_000
    assert kept[-1] == "end"
