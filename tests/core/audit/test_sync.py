"""Waiting for a proof."""

import asyncio

from foundation.audit.sync import is_proved


async def test_what_is_signed_is_proved_and_what_waits_is_not(log):
    (signed,) = await log.sealed(1)
    (waits,) = await log.record(1)

    assert await is_proved(log.database, [signed], within_s=0)
    assert not await is_proved(log.database, [signed, waits], within_s=0)


async def test_a_proof_that_comes_in_time_is_waited_for(log):
    (id,) = await log.record(1)
    waiting = asyncio.create_task(is_proved(log.database, [id], within_s=60))
    await asyncio.sleep(0.1)
    await log.seal()

    assert await waiting
