"""One stream without a database: its order, its ids, its heartbeat, and its ends."""

import asyncio
import json
from contextlib import asynccontextmanager

from foundation.auth.permissions import SignedIn
from foundation.auth.principal import ANONYMOUS, Principal
from foundation.errors import Unavailable
from foundation.live.hub import Hub
from foundation.live.said import News, Said
from foundation.live.stream import BEAT, CHECK_S, Following

KNOWN = {"audit": (SignedIn("all may"),), "feed.row": (SignedIn("all may"),)}


class Reader:
    """Gives what the test says next for the one topic that has a source."""

    def __init__(self, *news):
        self.news, self.after = list(news), []

    def source_of(self, key):
        return self if key == "audit" else None

    @asynccontextmanager
    async def session(self):
        yield None

    async def read(self, source, key, after):
        self.after.append(after)
        found = self.news.pop(0) if self.news else News((), after)
        if isinstance(found, Exception):
            raise found
        return found


class World:
    def __init__(self, *news, keys=("audit", "feed.row"), places=None):
        self.hub, self.reader = Hub(), Reader(*news)
        self.hidden = set()
        self.who, self.time = Principal("user"), 0.0
        self.following = Following(
            hub=self.hub,
            reader=self.reader,
            known=KNOWN,
            sees=self.sees,
            keys=keys,
            refused=[],
            still=self.still,
            places=places or {},
            hears=lambda: True,
            now=lambda: self.time,
        )
        self._frames = self.following.frames()

    async def sees(self, principal, key, db):
        return key not in self.hidden

    async def still(self):
        if isinstance(self.who, Exception):
            raise self.who
        return self.who

    async def next(self):
        async with asyncio.timeout(60):
            frame = (await anext(self._frames)).decode()
        lines = dict(line.split(": ", 1) for line in frame.splitlines() if line)
        return json.loads(lines["data"]) | {"id": lines.get("id")}


async def test_each_message_carries_the_places_of_the_whole_stream():
    said = Said("events", {"events": []}, "1.2")
    world = World(News((), "1.1"), News((said,), "1.2"))

    assert (await world.next())["type"] == "open"
    assert (await world.next())["id"] == "audit=1.1"
    assert (await world.next()) == {"topic": "feed.row", "type": "changed", "data": {}, "id": None}
    world.hub.wake("audit")
    told = await world.next()

    assert (told["type"], told["id"]) == ("events", "audit=1.2")
    assert world.reader.after == [None, "1.1"]


async def test_what_is_not_read_for_now_is_read_again():
    said = Said("events", {}, "1.9")
    away = Unavailable("away")
    world = World(away, News((said,), "1.9", more=True), keys=("audit",), places={"audit": "1.1"})

    await world.next()
    assert (await world.next())["id"] == "audit=1.9"
    world.hub.close()
    assert (await world.next())["data"] == {"reason": "drain"}
    assert world.reader.after == ["1.1", "1.1"]


async def test_a_session_that_has_ended_ends_it_and_an_unknown_one_only_after_a_while():
    world = World(keys=("feed.row",))
    await world.next()
    await world.next()
    world.who = Unavailable("away")
    world.hub.wake_all()
    assert (await world.next())["type"] == "changed"
    world.who = ANONYMOUS
    world.hub.wake_all()
    assert (await world.next())["data"] == {"reason": "session"}

    world = World(keys=("feed.row",))
    await world.next()
    await world.next()
    world.who, world.time = Unavailable("away"), 2 * CHECK_S + 1
    world.hub.wake("feed.row")
    assert (await world.next())["data"] == {"reason": "away"}


async def test_one_thing_that_is_not_theirs_any_more_ends_and_its_kind_goes_on():
    world = World(keys=("feed.row", "feed.row:7"))
    for _ in range(3):
        await world.next()
    world.hidden.add("feed.row:7")
    world.hub.wake_all()

    assert (await world.next())["data"] == {"refused": ["feed.row:7"]}
    assert (await world.next())["topic"] == "feed.row"


def test_a_heartbeat_is_a_comment_that_no_page_hears():
    assert BEAT.startswith(b":")
    assert BEAT.endswith(b"\n\n")
