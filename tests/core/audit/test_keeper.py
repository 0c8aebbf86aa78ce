"""The keeping of the trail while a worker runs."""

import asyncio

from foundation.audit.keeper import Keeper, problem_of
from foundation.audit.sealer import Halted


async def until(true):
    """Wait until *true* is, for as long as a slow machine may need."""
    async with asyncio.timeout(120):
        while not await true():
            await asyncio.sleep(0.02)


async def test_what_is_recorded_is_sealed_and_signed_in_the_background(log):
    async def signed():
        return await log.ask("SELECT 1 FROM foundation.audit_checkpoints WHERE note IS NOT NULL")

    async with Keeper(log.sealer(), every_s=0.02).at_work():
        await log.record(3)
        await until(signed)


async def test_a_halt_does_not_end_the_keeping(log):
    sealer = log.sealer()
    sealer.halted = "for the test"
    async with Keeper(sealer, every_s=0.01).at_work():
        await log.record(1)
        await asyncio.sleep(0.1)
        sealer.halted = None

        async def sealed():
            return not await log.ask("SELECT 1 FROM foundation.audit_pending")

        await until(sealed)


async def test_the_months_to_come_are_made(log):
    await log.forge(
        "DO $$ BEGIN EXECUTE (SELECT 'DROP TABLE ' || max(inhrelid::regclass::text)"
        " FROM pg_inherits WHERE inhparent = 'foundation.audit_log'::regclass); END $$"
    )
    before = await log.ask("SELECT foundation.audit_days_ahead()")
    await Keeper(log.sealer()).pass_once()

    assert await log.ask("SELECT foundation.audit_days_ahead()") > before


async def test_problems_are_told_in_words(log):
    sealer = log.sealer()
    assert await problem_of(sealer) == ""

    await log.forge(
        "INSERT INTO foundation.audit_pending VALUES"
        " (gen_random_uuid(), now() - interval '5 minutes', NULL)"
    )
    assert "has waited" in await problem_of(sealer)
    try:
        sealer._halt("for the test")
    except Halted:
        assert "halted" in await problem_of(sealer)


async def test_a_month_missing_soon_and_unsigned_heads_are_told(log):
    unsigned = log.sealer(signs=None)
    assert "not signed" in await problem_of(unsigned)

    drop = (
        "DO $$ DECLARE p text; BEGIN FOR p IN SELECT inhrelid::regclass::text FROM pg_inherits"
        " WHERE inhparent = 'foundation.audit_log'::regclass ORDER BY 1 DESC LIMIT 4"
        " LOOP EXECUTE 'DROP TABLE ' || p; END LOOP; END $$"
    )
    await log.forge(drop)
    assert "months of the trail end" in await problem_of(log.sealer())
