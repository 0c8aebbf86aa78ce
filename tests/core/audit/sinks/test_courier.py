"""The courier: what is sealed is handed on in its order, once a batch was taken, by one process."""

import asyncio
from dataclasses import dataclass, field

from sqlalchemy import text

from foundation.audit.sinks.courier import Courier, begin
from foundation.audit.sinks.sink import SinkRefused
from foundation.audit.sinks.standing import standings
from foundation.audit.sinks.story import Place
from foundation.audit.sinks.webhook import WebhookSink
from foundation.clock import SystemClock
from foundation.secret import Secret

AWAKE = "UPDATE foundation.audit_sinks SET paused_until = now() - interval '1 s'"


@dataclass
class Ear:
    """A sink in memory."""

    name: str = "ear"
    heard: list = field(default_factory=list)
    deaf: bool = False

    async def send(self, batch):
        if self.deaf:
            raise SinkRefused("it answered 503")
        self.heard += [told["leaf"]["index"] for told in batch.events]


async def standing(log):
    async with log.database.reading() as db:
        return (await standings(db))[0]


async def awake(log):
    async with log.database.transaction() as db:
        await db.execute(text(AWAKE))


async def test_a_new_sink_begins_at_the_end_and_gets_what_comes(log):
    await log.sealed(2)
    ear = Ear()
    courier = Courier(log.database, [ear])
    assert not await courier.hand_on(ear)

    await log.sealed(3)
    assert await courier.hand_on(ear)
    assert not await courier.hand_on(ear)
    assert ear.heard == [2, 3, 4]


async def test_a_sink_set_back_gets_it_all_again(log):
    await log.sealed(2)
    ear = Ear()
    await begin(log.database, "ear", Place(1, 0))

    assert await Courier(log.database, [ear]).hand_on(ear)
    assert ear.heard == [0, 1]


async def test_what_was_refused_waits_longer_each_time_and_comes_in_order(log):
    ear = Ear(deaf=True)
    # The waits differ by more than a machine that stands still in between takes from them.
    courier = Courier(log.database, [ear], first_wait_s=60)
    await begin(log.database, "ear", Place(1, 0))
    await log.sealed(2)
    waits, found = [], None
    for _ in range(3):
        assert not await courier.hand_on(ear)
        found = await standing(log)
        waits.append((found.paused_until - SystemClock().now()).total_seconds())
        assert not await courier.hand_on(ear)  # it is paused, so nothing is tried
        assert (await standing(log)).failures == found.failures
        await awake(log)
    assert waits[0] < waits[1] < waits[2]
    assert found.last_error == "it answered 503"
    assert found.behind == 2

    ear.deaf = False
    await log.sealed(1)
    await courier.hand_on(ear)
    assert ear.heard == [0, 1, 2]
    assert (await standing(log)).failures == 0


async def test_one_process_leads_and_another_goes_on_when_it_is_gone(log):
    ear = Ear()
    first, second = Courier(log.database, [ear]), Courier(log.database, [ear])
    await begin(log.database, "ear", Place(1, 0))
    await log.sealed(1)
    await first.hand_on(ear)
    await log.sealed(1)
    assert not await second.hand_on(ear)

    async with log.database.transaction() as db:
        gone = "UPDATE foundation.audit_sinks SET held_until = now() - interval '1 s'"
        await db.execute(text(gone))
    assert await second.hand_on(ear)
    assert ear.heard == [0, 1]


@dataclass
class Sleeper(Ear):
    """A sink in which the process that leads falls asleep, after all was taken."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    wakes: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, batch):
        self.begun.set()
        await self.wakes.wait()
        await super().send(batch)


async def test_a_leader_that_slept_and_was_replaced_writes_nothing_on_waking(log):
    sleeper, ear = Sleeper(), Ear()
    first, second = Courier(log.database, [sleeper]), Courier(log.database, [ear])
    await begin(log.database, "ear", Place(1, 0))
    await log.sealed(1)
    asleep = asyncio.create_task(first.hand_on(sleeper))
    await sleeper.begun.wait()
    async with log.database.transaction() as db:
        gone = "UPDATE foundation.audit_sinks SET held_until = now() - interval '1 s'"
        await db.execute(text(gone))
    assert await second.hand_on(ear)
    await log.sealed(1)
    assert await second.hand_on(ear)
    row = "SELECT epoch, next_leaf, held_by, sent_at FROM foundation.audit_sinks"
    before = await log.ask(row)

    sleeper.wakes.set()
    await asleep

    assert ear.heard == [0, 1]
    assert await log.ask(row) == before


async def test_several_processes_at_work_tell_each_event_once_and_in_order(log):
    ear = Ear()
    await begin(log.database, "ear", Place(1, 0))
    couriers = [Courier(log.database, [ear], every_s=0.02) for _ in range(3)]
    async with couriers[0].at_work(), couriers[1].at_work(), couriers[2].at_work():
        for _ in range(4):
            await log.sealed(3)
        async with asyncio.timeout(60):
            while len(ear.heard) < 12:
                await asyncio.sleep(0.02)

    assert ear.heard == list(range(12))
    assert await log.ask("SELECT held_until FROM foundation.audit_sinks") == [(None,)]


async def test_a_13_39_a_sink_that_hangs_delays_no_request_shows_its_lag_and_catches_up(
    log, receiver
):
    server = await receiver()
    server.hangs = True
    url, key = f"http://127.0.0.1:{server.port}/", Secret("k" * 32)
    hook, ear = WebhookSink("hook", url, "log", key, SystemClock()), Ear("other")
    for sink in (hook, ear):
        await begin(log.database, sink.name, Place(1, 0))
    async with Courier(log.database, [hook, ear], every_s=0.02, within_s=600).at_work():
        async with asyncio.timeout(60):  # and the sink hangs for ten minutes
            for _ in range(5):
                await log.record(1)
                await log.seal()
            while len(ear.heard) < 5:
                await asyncio.sleep(0.02)
        assert server.events == []

    courier = Courier(log.database, [hook, ear], every_s=0.02, within_s=0.3, first_wait_s=0.01)
    async with courier.at_work():
        async with asyncio.timeout(60):
            while not (await standing(log)).failures:
                await asyncio.sleep(0.02)
        found = await standing(log)
        assert (found.name, found.behind) == ("hook", 5)
        assert found.late_s(SystemClock().now()) > 0
        assert "0.3 s" in found.last_error

    server.hangs = False
    await log.sealed(2)
    # With time enough: a batch that was taken, and answered too late, would come twice.
    async with Courier(log.database, [hook, ear], every_s=0.02, within_s=600).at_work():
        async with asyncio.timeout(60):
            while len(server.events) < 7:
                await asyncio.sleep(0.02)
    assert [told["leaf"]["index"] for told in server.events] == list(range(7))
