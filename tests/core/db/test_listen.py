"""The one connection that hears: cut, it comes back and says so; its locks go with it."""

import asyncio

from sqlalchemy import text

from foundation.db.listen import Listener


async def test_it_hears_holds_locks_and_comes_back_when_it_is_cut(core_database, core_database_url):
    heard, back, cuts = asyncio.Queue(), asyncio.Queue(), []

    def listener():
        return Listener(
            core_database_url,
            channels=("one",),
            heard=lambda *said: heard.put_nowait(said),
            back=lambda: back.put_nowait(True),
            cut=cuts.append,
        )

    async def run(sql):
        async with core_database.transaction() as db:
            await db.execute(text(sql))

    first, second = listener(), listener()
    assert await first.hold(7) is None  # nobody can tell yet
    async with asyncio.timeout(120), first.at_work(), second.at_work():
        await back.get()
        await back.get()
        await run("SELECT pg_notify('one', 'hello')")
        assert [await heard.get(), await heard.get()] == [("one", "hello")] * 2
        assert (await first.hold(7), await second.hold(7)) == (True, False)
        await first.let_go(7)
        assert await second.hold(7)

        await run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'foundation/live' AND datname = current_database()"
        )
        await back.get()
        await back.get()
        assert await first.hold(7)  # what the second held is free
        await run("SELECT pg_notify('one', 'again')")
        assert await heard.get() == ("one", "again")
    assert not first.is_connected
    assert await first.hold(7) is None
