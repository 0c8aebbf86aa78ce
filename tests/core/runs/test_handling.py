"""What a handler holds of its run."""

import pytest
from sqlalchemy import select

from foundation.audit.actor import Actor
from foundation.ids import uuid7
from foundation.runs import moves
from foundation.runs.handling import MOST_ARTEFACT, RunContext
from foundation.runs.job import LeaseLost
from foundation.runs.models import Artefact, Mark
from foundation.runs.moves import Ending, Lease


@pytest.fixture
async def held(office):
    """A context that holds a run, and what it has said."""
    id = await office.start("wait")
    async with office.database.transaction() as db:
        run = await moves.claim(db, office.record, run_id=id, attempt=0, worker_id=uuid7())
        lease = Lease(run.id, run.attempt, run.fence)
    said = []
    return (
        RunContext(lease, "trials", Actor("system"), office.database, office.recorder, said.append),
        said,
    )


async def replaced(office, ctx):
    async with office.database.transaction() as db:
        ending = Ending("interrupted")
        await moves.finish(db, office.record, lease=ctx.lease, ending=ending)


async def test_an_attempt_that_was_replaced_commits_nothing(office, held):
    ctx, _ = held

    with pytest.raises(LeaseLost):
        async with ctx.transaction() as db:
            await ctx.mark("step", {"n": 1}, db=db)
            await replaced(office, ctx)

    assert await ctx.marked("step") is None


async def test_a_mark_is_kept_with_its_transaction_or_not_at_all(held):
    ctx, _ = held
    await ctx.mark("step", {"n": 1})

    with pytest.raises(ZeroDivisionError):
        async with ctx.transaction() as db:
            await ctx.mark("step", {"n": 2}, db=db)
            raise ZeroDivisionError

    assert await ctx.marked("step") == {"n": 1}
    async with ctx.database.reading() as db:
        assert len(list(await db.scalars(select(Mark)))) == 1


async def test_an_artefact_is_kept_once_for_each_name(held):
    ctx, _ = held
    for content in (b"one", b"two"):
        await ctx.artefact("report", content, media_type="text/plain")

    async with ctx.database.reading() as db:
        (kept,) = await db.scalars(select(Artefact))
    assert (kept.data, kept.size, kept.media_type) == (b"two", 3, "text/plain")
    with pytest.raises(ValueError, match="1 MB"):
        await ctx.artefact("large", b"x" * (MOST_ARTEFACT + 1))


def test_what_a_handler_says_goes_to_its_worker(held):
    ctx, said = held
    ctx.log("one\ntwo")
    ctx.progress(1, 2, unit="rows")

    assert [message.get("line") for message in said[:2]] == ["one", "two"]
    assert said[2] == {"t": "progress", "done": 1, "total": 2, "unit": "rows", "phase": ""}


def test_an_effect_has_the_same_key_in_every_attempt(held):
    ctx, _ = held
    again = RunContext(
        Lease(ctx.run_id, 2, 99), "trials", Actor("system"), ctx.database, ctx.recorder, print
    )

    assert ctx.effect_key("mail") == again.effect_key("mail") != ctx.effect_key("bill")
    assert (ctx.attempt, again.attempt) == (1, 2)
