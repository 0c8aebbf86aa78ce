"""What runs beside a block begins with it and is over when it ends."""

import asyncio

import pytest

from foundation.beside import running_beside


class Work:
    """Goes on until it is cancelled, and takes a moment to let go."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.is_over = False

    async def go_on(self) -> None:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            self.is_over = True


async def fail() -> None:
    raise ValueError("for the test")


async def test_all_of_it_runs_until_the_block_ends():
    works = [Work(), Work()]
    async with running_beside(*(work.go_on() for work in works)):
        for work in works:
            await asyncio.wait_for(work.begun.wait(), 30)
        assert not any(work.is_over for work in works)

    assert all(work.is_over for work in works)


async def test_it_ends_with_a_block_that_fails_and_the_fault_is_the_block_s():
    work = Work()
    with pytest.raises(KeyError):
        async with running_beside(work.go_on()):
            await asyncio.wait_for(work.begun.wait(), 30)
            raise KeyError

    assert work.is_over


async def test_work_that_fails_does_not_end_the_block():
    work, is_through = Work(), False
    async with running_beside(fail(), work.go_on()):
        await asyncio.wait_for(work.begun.wait(), 30)
        is_through = True

    assert (is_through, work.is_over) == (True, True)
