"""Children come from one warm process, or each from a Python of its own, and are alike."""

import asyncio
import os
import signal

import pytest

from foundation.runs.children import KEPT_VARIABLES, Children, kill_group


def test_no_setting_is_handed_on():
    assert not [name for name in KEPT_VARIABLES if "FOUNDATION" in name or "DATABASE" in name]


async def test_what_was_imported_is_shared_and_nothing_else_is(attempt):
    make, children, kept, _ = attempt

    one, two = (await make("born").run(children), await make("born").run(children))

    first, second = one.result, two.result
    assert first["sqlalchemy"] == second["sqlalchemy"]  # at one address: not imported anew
    assert first["chance"] != second["chance"]
    assert first["pid"] != second["pid"]
    for born in (first, second):
        assert born["group"] == born["pid"] != children.server
        assert (born["parent"], born["name"]) == (os.getpid(), "attempt")
        assert set(born["environ"]) <= set(KEPT_VARIABLES)
        assert (born["stdin"], born["signals"]) == ("/dev/null", [True])
    assert kept == []


async def test_a_child_ends_as_a_python_does(attempt, tmp_path):
    make, children, kept, _ = attempt
    (tmp_path / "breaks.py").write_text("import os; os._exit(9)")

    left = await make("leaves").run(children)
    server = children.server
    broken = await make("short", module="breaks").run(children)

    assert (left.how, left.exit) == ("crash", "exit code 3")
    assert kept == ["not out yet and slow at the end"]
    assert (broken.how, broken.exit) == ("crash", "exit code 9")
    assert children.server == server  # what a plugin does on its import is its child's alone


async def test_a_killed_server_takes_no_child_along_and_the_next_one_starts_another(attempt, trace):
    make, children, _, _ = attempt
    busy = make("busy", path=str(trace.path))
    running = asyncio.create_task(busy.run(children))
    child, grandchild = map(int, (await trace.lines())[0].split())
    first = children.server
    os.kill(first, signal.SIGKILL)

    later = await make("born").run(children)
    assert (later.how, trace.is_alive(child)) == ("succeeded", True)
    assert children.server not in {None, first}
    busy.stop("cancel")
    ending = await asyncio.wait_for(running, 60)

    assert (ending.how, ending.exit) == ("stopped", "signal SIGTERM")
    await trace.gone(child, grandchild)
    async with asyncio.timeout(60):
        while _has_children(child):  # nor is a zombie left of its group
            await asyncio.sleep(0.05)


def _has_children(group):
    try:
        os.waitid(os.P_PGID, group, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


@pytest.mark.parametrize("given", [{"preload": ("there_is_no_such_module",)}, {"forks": False}])
async def test_without_a_server_each_child_is_a_python_of_its_own(attempt, given):
    make, usual, _, _ = attempt
    children = Children(usual.environ, **given)

    ending = await make("born").run(children)

    assert (ending.how, children.server) == ("succeeded", None)
    assert ending.result["group"] == ending.result["pid"]
    assert ending.result["parent"] == os.getpid()
    assert set(ending.result["environ"]) <= set(KEPT_VARIABLES)
    children.close()


def test_a_group_that_is_gone_is_not_killed_again():
    kill_group(2**22 + 1)  # no process has this number
