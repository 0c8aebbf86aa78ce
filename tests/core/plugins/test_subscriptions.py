"""Subscribers hear of what was committed, in order, and none of their faults reaches a request."""

import asyncio
from dataclasses import replace

import pytest

from foundation.http.edge import Edge
from foundation.plugins.contributions import Subscription
from foundation.plugins.quarantine import probe_passed
from foundation.plugins.services import PluginServices
from foundation.plugins.subscriptions import Dispatcher
from foundation.plugins.warden import Warden
from foundation.testing.people import Events, SignIn

CREATED = "projects.project.created"


class Subscriber:
    """Writes down what it hears, and raises while it is broken."""

    def __init__(self):
        self.names = []
        self.is_broken = False

    async def handle(self, ctx, event):
        self.names.append(event.target.title)
        if self.is_broken:
            raise KeyError("a secret that must not be told")


@pytest.fixture
def subscriber():
    return Subscriber()


@pytest.fixture
def dispatcher(app, subscriber):
    """Make the dispatcher of one worker, whose plugin "credentials" subscribed to new projects."""

    def make():
        one = Subscription("mirror", (CREATED, "nobody.was.here"), subscriber.handle)
        loaded = app.registry.find("credentials")
        more = replace(loaded.contributions, subscriptions=(one,))
        registry = app.registry.marked({"credentials": replace(loaded, contributions=more)})
        parts = app.parts
        edge = Edge(
            database=parts.database,
            identify=parts.identity.identify,
            services=PluginServices(registry, ring=parts.ring, core=()),
            recorder=parts.recorder,
            clock=parts.clock,
            public_origin="",
            headers=(),
            fingerprint=bytes,
        )
        warden = Warden(registry, parts.database, parts.clock)
        return Dispatcher(registry, edge, warden, every_s=3600)

    return make


@pytest.fixture
async def create(app):
    """Make projects of these names, and seal what was said of them."""
    ada = await SignIn(app)("admin", name="ada")

    async def create(*names):
        for name in names:
            assert (await ada.post("/api/projects", {"slug": name, "name": name})).status == 201
        await app.parts.sealer.seal()

    return create


async def test_events_come_in_order_and_once_from_the_first_start_on(
    dispatcher, create, subscriber
):
    await create("before")
    one, two = dispatcher(), dispatcher()
    await one.begin()
    await two.begin()
    await create("first", "second", "third")
    counts = await asyncio.gather(one.pass_once(), two.pass_once())
    again = await one.pass_once()

    assert subscriber.names == ["first", "second", "third"]
    assert (sum(counts), again) == (3, 0)


async def test_what_was_committed_before_a_kill_is_delivered_by_the_next_worker(
    dispatcher, create, subscriber
):
    async with dispatcher().at_work():
        await create("orphan")  # this worker ends before it delivers
    async with dispatcher().at_work(), asyncio.timeout(60):
        while not subscriber.names:
            await asyncio.sleep(0.05)

    assert subscriber.names == ["orphan"]


async def test_a_subscriber_that_raises_fails_no_request_and_after_five_times_rests_alone(
    app, dispatcher, create, subscriber
):
    one = dispatcher()
    await one.begin()
    subscriber.is_broken = True
    await create("poison", "next")
    for _ in range(5):
        await one.pass_once()
        one.retry_now()
    async with asyncio.timeout(60):
        while not one.warden.is_kept("credentials", "event:mirror"):
            await asyncio.sleep(0.05)
    tried = list(subscriber.names)
    assert await one.pass_once() == 0
    said = await Events(app)("core.plugin.quarantined")

    assert tried == subscriber.names == ["poison"] * 5
    assert [(one.target.id, one.detail["part"]) for one in said] == [
        ("credentials", "event:mirror")
    ]
    assert "secret" not in str(said)
    subscriber.is_broken = False
    async with app.parts.database.transaction() as db:
        await probe_passed(db, "credentials", "event:mirror")
    other = dispatcher()
    await other.begin()
    await other.pass_once()
    assert subscriber.names[5:] == ["poison", "next"]
