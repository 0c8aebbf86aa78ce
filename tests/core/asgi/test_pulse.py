"""The pulse of a worker."""

import asyncio
import os
import time

import pytest

from foundation.asgi.link import Link
from foundation.asgi.pulse import STEP, Pulse


@pytest.fixture
def pipe():
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    yield reading, Link(writing)
    os.close(reading)
    os.close(writing)


async def test_it_beats_each_second(pipe):
    reading, link = pipe
    began, heard = time.monotonic(), asyncio.Event()
    asyncio.get_running_loop().add_reader(reading, heard.set)
    task = asyncio.create_task(Pulse(link).run())
    await asyncio.wait_for(heard.wait(), 60)
    task.cancel()
    asyncio.get_running_loop().remove_reader(reading)

    beats = os.read(reading, 1_000)
    assert set(beats) == set(b".")
    assert len(beats) <= time.monotonic() - began


async def test_a_blocked_loop_is_late(pipe):
    pulse, began = Pulse(pipe[1]), time.monotonic()
    task = asyncio.create_task(pulse.run())
    await asyncio.sleep(0.01)
    time.sleep(STEP + 0.3)  # on purpose: the loop hangs
    late = pulse.lag()
    task.cancel()

    assert 0.2 < late < time.monotonic() - began


async def test_before_the_first_step_there_is_no_lag(pipe):
    assert Pulse(pipe[1]).lag() == 0
