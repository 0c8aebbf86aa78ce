"""Whose code runs is known in the block, in its tasks, and nowhere after it."""

import asyncio

from foundation.telemetry.acting import acting, acting_plugin


async def test_the_block_and_the_tasks_begun_in_it_know_whose_code_runs():
    async def ask():
        return acting_plugin()

    with acting("orders"):
        task = asyncio.create_task(ask())
        with acting("stock"):
            inner = acting_plugin()

    assert (await task, inner, acting_plugin()) == ("orders", "stock", None)
