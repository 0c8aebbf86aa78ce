"""The trail as people read it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation import ids
from foundation.audit.actor import Actor, Source
from foundation.audit.events import EventType, Target
from foundation.audit.reader import Trail, TrailFilter
from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.errors import BadRequest, NotFound

MADE = EventType("things.thing.made", "Thing made")
EATEN = EventType("things.thing.eaten", "Thing eaten")
SIGNED = EventType("accounts.signin.succeeded", "Signed in")
ADA, BOB = Actor("user", ids.uuid7(), "Ada"), Actor("user", ids.uuid7(), "Bob_50%")
START = SystemClock().now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
LAMP = Target("thing", "7", "Lamp")


class Ticking:
    """A clock that goes on a minute each time it is asked."""

    def __init__(self):
        self.minutes = -1

    def now(self):
        self.minutes += 1
        return START + timedelta(minutes=self.minutes)


@pytest.fixture
async def db(core_database_url):
    database = Database(core_database_url, application_name="foundation/tests")
    recorder = Recorder(declared([MADE, EATEN, SIGNED]), Ticking(), "1")
    async with database.transaction() as session:
        for actor, event in (
            (ADA, SIGNED()),
            (ADA, MADE(LAMP)),
            (BOB, MADE(Target("thing", "8"))),
            (BOB, EATEN(LAMP, outcome="denied")),
        ):
            recorder.record(session, event, Source(actor, "things", "r"))
        await session.execute(
            text(
                "INSERT INTO foundation.event_types"
                " (name, version, title, plugin, severity, owasp)"
                " VALUES ('things.thing.made', 1, 'Thing made', 'things', 'normal',"
                " '{sensitive_create}'),"
                " ('things.thing.made', 2, 'Thing built', 'things', 'high', '{}')"
            )
        )
    yield database
    await database.dispose()


async def found(db, **asked):
    async with db.reading() as session:
        entries, _ = await Trail(session).page(TrailFilter(**asked))
    return [(entry.actor.name, entry.type.rpartition(".")[2]) for entry in entries]


async def test_the_newest_event_comes_first(db):
    assert await found(db) == [
        ("Bob_50%", "eaten"),
        ("Bob_50%", "made"),
        ("Ada", "made"),
        ("Ada", "succeeded"),
    ]


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({"actor": str(ADA.id)}, 2),
        ({"actor": "ada"}, 2),
        ({"actor": "_50%"}, 2),
        ({"actor": "%"}, 2),
        ({"actor": "a_a"}, 0),
        ({"type": "things"}, 3),
        ({"type": "things."}, 3),
        ({"type": "things.thing.made"}, 2),
        ({"type": "thing"}, 0),
        ({"type": "%"}, 0),
        ({"target": "thing"}, 3),
        ({"target": "thing:7"}, 2),
        ({"target": "7"}, 2),
        ({"target": "house:7"}, 0),
        ({"outcome": "denied"}, 1),
        ({"since": START + timedelta(minutes=2)}, 2),
        ({"until": START + timedelta(minutes=2)}, 2),
        ({"actor": "ada", "type": "things", "target": "thing:7"}, 1),
    ],
)
async def test_a_filter_finds_what_it_says(db, asked, number):
    assert len(await found(db, **asked)) == number


async def test_pages_follow_each_other_without_gap_or_double(db):
    async with db.reading() as session:
        trail = Trail(session)
        first, cursor = await trail.page(TrailFilter(), limit=3)
        second, end = await trail.page(TrailFilter(), limit=3, cursor=cursor)

    assert ([len(first), len(second)], end) == ([3, 1], None)
    assert len({entry.id for entry in first + second}) == 4


async def test_a_cursor_that_is_none_is_refused(db):
    async with db.reading() as session:
        with pytest.raises(BadRequest):
            await Trail(session).page(TrailFilter(), cursor="nonsense")


async def test_a_title_is_that_of_the_version_it_was_recorded_with(db):
    async with db.reading() as session:
        entries, _ = await Trail(session).page(TrailFilter(type="things.thing"))

    assert [entry.title for entry in entries] == ["things.thing.eaten", "Thing made", "Thing made"]


async def test_one_event_is_found_by_its_id_with_what_it_is_about(db):
    async with db.reading() as session:
        trail = Trail(session)
        newest = (await trail.page(TrailFilter(), limit=1))[0][0]
        entry = await trail.event(newest.id)

    assert entry == newest
    assert (entry.target.type, entry.target.id, entry.target.title) == ("thing", "7", "Lamp")
    assert (entry.outcome, entry.actor.id) == ("denied", BOB.id)


async def test_an_id_of_no_event_is_not_found(db):
    async with db.reading() as session:
        with pytest.raises(NotFound):
            await Trail(session).event(ids.uuid7())


async def test_types_are_told_in_their_newest_version(db):
    async with db.reading() as session:
        types = await Trail(session).types()

    assert [(type.name, type.version, type.title) for type in types] == [
        ("things.thing.made", 2, "Thing built")
    ]


async def test_an_event_of_a_plugin_that_is_gone_is_marked_and_those_of_others_are_not(db):
    async def installed():
        async with db.reading() as session:
            entries, _ = await Trail(session).page(TrailFilter())
            alone = await Trail(session).event(entries[0].id)
        assert alone.installed is entries[0].installed
        return {entry.type: entry.installed for entry in entries}

    before = await installed()
    async with db.transaction() as session:
        await session.execute(
            text(
                "INSERT INTO foundation.plugins (id, dist, version, title, state)"
                " VALUES ('things', '', '', '', 'started'), ('accounts', '', '', '', 'removed')"
            )
        )
    after = await installed()

    assert (before["things.thing.made"], after["things.thing.made"]) == (False, True)
    assert after["accounts.signin.succeeded"] is False


async def test_events_are_counted_up_to_a_bound(db):
    async with db.reading() as session:
        counts = [await Trail(session).count(TrailFilter(), most=most) for most in (2, 3, 4, 9)]
        lamps = await Trail(session).count(TrailFilter(target="thing:7"))

    assert counts == [3, 4, 4, 4]
    assert lamps == 2


async def test_from_a_moment_the_trail_is_read_in_both_directions(db):
    moment = START + timedelta(minutes=2)
    async with db.reading() as session:
        before, _ = await Trail(session).page(TrailFilter(until=moment))
        after, _ = await Trail(session).page(TrailFilter(since=moment), oldest_first=True)

    minutes = [[entry.occurred_at.minute for entry in found] for found in (before, after)]
    assert minutes == [[1, 0], [2, 3]]
