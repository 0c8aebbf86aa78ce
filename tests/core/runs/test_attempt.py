"""One attempt as the worker sees it: what the child says, prints, and how it ends."""

import asyncio

from foundation.telemetry.live import forms_of

CANARY = 'canary/9f1c+"secret" that leaks'  # what `attempt` lends


async def test_what_a_handler_says_is_kept_and_its_result_is_the_ending(attempt):
    make, children, kept, progress = attempt

    ending = await make("short").run(children)

    assert (ending.how, ending.result, ending.exit) == ("succeeded", {"ok": True}, "exit code 0")
    assert kept == ["one line"]
    assert progress == [{"done": 1, "total": 1, "unit": "thing", "phase": ""}]


async def test_a_job_that_cannot_be_imported_fails_and_says_why(attempt):
    make, children, kept, _ = attempt

    ending = await make("short", module="there_is_no_such_module").run(children)

    assert (ending.how, ending.code) == ("failed", "ModuleNotFoundError")
    assert any("there_is_no_such_module" in line for line in kept)


async def test_a_stop_that_came_before_the_child_ends_it(attempt, tmp_path):
    make, children, _, _ = attempt
    running = make("wait", path=str(tmp_path / "trace"))
    running.stop("cancel")

    ending = await asyncio.wait_for(running.run(children), 60)

    assert (ending.how, ending.code) == ("stopped", "cancel")


async def test_a123_what_was_lent_is_masked_in_everything_that_is_said(attempt):
    make, children, kept, progress = attempt

    ending = await make("leaks", end="result").run(children)
    failing = await make("leaks", end="error").run(children)

    said = [*kept, *progress, ending, failing]
    assert (ending.how, failing.how, failing.code) == ("succeeded", "failed", "ValueError")
    assert ending.result == {"***": ["***"], "about": "it is ***", "n": 3}
    assert failing.message == "the server says: *** is wrong"
    assert len([line for line in kept if "***" in line]) >= 14
    whole = "".join(kept) + repr(said)
    assert not [form.decode() for form in forms_of(CANARY) if form.decode() in whole]


async def test_what_is_refused_ends_the_attempt_with_its_code(attempt):
    make, children, _, _ = attempt

    ending = await make("leaks", end="credential").run(children)

    assert (ending.how, ending.code, ending.retryable) == ("failed", "not_granted", False)


async def test_a_long_line_without_an_end_is_taken_in_pieces(attempt):
    make, children, kept, _ = attempt

    ending = await make("endless").run(children)

    assert ending.how == "succeeded"
    assert sum(map(len, kept)) > 100_000 // 8_000 * 1_000
    assert kept[-1] == "end"


async def test_all_that_was_printed_is_kept_however_slowly_it_is_written(attempt):
    make, children, kept, _ = attempt

    ending = await make("printer", pause_s=0.15).run(children)

    assert ending.how == "succeeded"
    assert [line.partition(" x")[0] for line in kept] == [f"line {n}" for n in range(20_000)]


async def test_whoever_left_the_group_and_holds_the_pipe_keeps_no_attempt_open(attempt):
    make, children, kept, _ = attempt

    ending = await asyncio.wait_for(make("leaver").run(children), 60)

    assert (ending.how, kept) == ("succeeded", ["goes"])
