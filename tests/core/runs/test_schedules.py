"""Schedules: one run for each due time, whatever stood still in between."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from foundation.clock import SystemClock
from foundation.runs import events, schedules
from foundation.runs.calendar import next_time
from foundation.runs.job import Cron, Known, Work
from foundation.runs.models import Run, Schedule


async def scheduled(office, *, late=timedelta(hours=2), **given):
    """Add a schedule that ought to have fired each half hour since *late* ago.

    It is a quarter of an hour from now to any due time: none comes while a test runs.
    """
    async with office.database.transaction() as db:
        now = await db.scalar(select(func.clock_timestamp()))
        minute = (now.minute + 15) % 30
        cron = f"{minute},{minute + 30} * * * *"
        row = Schedule(
            kind="trials.short", params={"path": "", "key": ""}, cron=cron, zone="UTC",
            next_at=next_time(cron, "UTC", after=now - late), **given,
        )  # fmt: skip
        db.add(row)
        await db.flush()
        office.record(db, schedules.about(events.SCHEDULE_CREATED, row))
        return row.id


async def fire(office):
    async with office.database.transaction() as db:
        return await schedules.fire_due(db, office.record, jobs=office.jobs)


async def states(office):
    async with office.database.reading() as db:
        return list(await db.scalars(select(Run.state).order_by(Run.due_at)))


@pytest.mark.parametrize(
    ("catch_up", "overlap", "count"),
    [("none", "queue", 0), ("last", "queue", 1), ("all", "queue", 4), ("all", "skip", 1)],
)
async def test_after_two_hours_of_stand_still_each_does_as_named(office, catch_up, overlap, count):
    await scheduled(office, catch_up=catch_up, overlap=overlap)

    await fire(office)

    assert len(await states(office)) == count


async def test_a_due_time_at_which_nothing_is_started_says_so(office):
    id = await scheduled(office, late=timedelta(minutes=31), catch_up="last", overlap="skip")
    await fire(office)
    async with office.database.transaction() as db:
        (row,) = await db.scalars(select(Schedule))
        row.next_at -= timedelta(minutes=30)
        office.record(db, schedules.about(events.SCHEDULE_CHANGED, row))

    assert await fire(office) == 0

    assert await office.told(id) == ["created", "fired", "changed", "skipped"]


async def test_a_newer_run_takes_the_place_of_an_older_one(office):
    await scheduled(office, catch_up="all", overlap="cancel_old")

    await fire(office)

    assert await states(office) == ["cancelled"] * 3 + ["queued"]


async def test_three_workers_fire_one_due_time_once(office):
    await scheduled(office, late=timedelta(minutes=31), catch_up="last", overlap="queue")

    fired = await asyncio.gather(*(fire(office) for _ in range(3)))

    assert sum(fired) == 1
    assert len(await states(office)) == 1
    assert await fire(office) == 0


async def test_a_schedule_whose_parameters_do_not_fit_any_more_is_switched_off(office):
    id = await scheduled(office, catch_up="last", overlap="queue")
    async with office.database.transaction() as db:
        row = await db.get(Schedule, id)
        row.params = {"path": 7}
        office.record(db, schedules.about(events.SCHEDULE_CHANGED, row))

    await fire(office)

    async with office.database.reading() as db:
        row = await db.get(Schedule, id)
        assert row.enabled is False
        assert row.problem.startswith("its job does not take it any more")
    assert await office.told(id) == ["created", "changed", "stopped"]


async def test_what_a_job_proposes_is_added_once_and_keeps_what_people_change(office):
    base = office.jobs["trials.short"].work
    work = Work(
        "trials.short", title="Short", params=base.params, run=base.run, schedule=Cron("0 4 * * *")
    )
    jobs = {"trials.short": Known(work, "trials", "trials")}

    for enabled in (True, False):
        async with office.database.transaction() as db:
            await schedules.declare(db, office.record, jobs=jobs)
            row = await db.scalar(select(Schedule))
            assert row.enabled
            assert row.next_at > SystemClock().now()
            if not enabled:
                row.enabled = False
                office.record(db, schedules.about(events.SCHEDULE_CHANGED, row))
    async with office.database.transaction() as db:
        await schedules.declare(db, office.record, jobs=jobs)
        assert [row.enabled for row in await db.scalars(select(Schedule))] == [False]
