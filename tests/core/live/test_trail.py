"""The tail of the trail, read by leaves."""

from foundation.live.trail import TrailSource


async def test_a_tail_begins_at_the_newest_leaf_and_goes_on_after_it(product, sign_in):
    source, database = TrailSource(), product.parts.database

    async def read(after):
        async with database.reading() as db:
            return await source.read(db, "", after)

    while await product.parts.sealer.seal():
        pass
    start = await read(None)
    await sign_in("viewer")
    assert await read(start.place) == type(start)((), start.place)  # not sealed yet
    await product.parts.sealer.seal()
    news = await read(start.place)

    assert [event["type"] for event in news.said[0].data["events"]] == ["testing.person.arrived"]
    assert news.place != start.place
    assert (await read("no place")).said == ()
