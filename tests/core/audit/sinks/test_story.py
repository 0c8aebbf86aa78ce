"""What a sink is told of each event, leaf by leaf."""

from foundation.audit.care import open_epoch
from foundation.audit.sinks.story import MOST, Place, batch_at


async def batch(log, place):
    async with log.database.reading() as db:
        return await batch_at(db, place)


async def test_events_are_told_by_their_leaves(log):
    made = await log.sealed(3)

    found = await batch(log, Place(1, 1))
    assert [told["id"] for told in found.events] == [str(id) for id in made[1:]]
    assert [told["leaf"]["index"] for told in found.events] == [1, 2]
    assert found.next == Place(1, 3)
    told = found.events[0]
    assert told["actor"]["name"] == "Ada"
    assert told["target"] == {"type": "thing", "id": "1", "title": "Lamp"}
    assert "detail_salt" not in told
    assert (told["actor"]["session"], told["owasp"]) == (None, [])


async def test_owasps_words_of_a_type_are_told_even_of_rows_from_before(log):
    await log.sealed(1)
    await log.forge(
        "INSERT INTO foundation.event_types (name, version, title, plugin, severity, owasp)"
        " VALUES ('things.thing.made', 1, 'Thing made', 'things', 'normal', '{sensitive_create}')"
    )

    (told,) = (await batch(log, Place(1, 0))).events
    assert (told["title"], told["owasp"]) == ("Thing made", ["sensitive_create"])


async def test_where_nothing_is_there_is_no_batch(log):
    await log.sealed(1)
    await log.record(1)  # and not sealed

    assert await batch(log, Place(1, 1)) is None


async def test_a_row_that_is_gone_leaves_its_leaf(log):
    (id,) = await log.sealed(1)
    await log.forge("DELETE FROM foundation.audit_log")

    (told,) = (await batch(log, Place(1, 0))).events
    assert (told["id"], told["type"]) == (str(id), None)


async def test_the_next_epoch_follows_the_last_leaf_of_the_one_before(log):
    await log.sealed(2)
    await open_epoch(log.sealer(), reason="a restore")

    found = await batch(log, Place(1, 2))
    assert (found.first, found.next) == (Place(2, 0), Place(2, 1))


async def test_a_batch_has_its_bound(log):
    async with log.database.transaction() as db:
        for _ in range(MOST + 1):
            log.recorder.record(db, log.made(), log.source())
    await log.seal()

    assert len((await batch(log, Place(1, 0))).events) == MOST
