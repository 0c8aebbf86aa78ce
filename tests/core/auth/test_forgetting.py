"""What is forgotten is long over, a few rows at a time; what lives or is still asked for stays."""

from datetime import timedelta

from sqlalchemy import func, select, update

from foundation.auth.forgetting import KEPT, forget_counts, forget_sessions
from foundation.auth.models import RateCount, Session
from foundation.auth.principal import FormerSession
from foundation.auth.sessions import hash_of


async def test_sessions_long_over_go_in_batches_and_the_others_stay(
    core_database, sessions, start
) -> None:
    tokens = [await start(sessions) for _ in range(5)]
    over = {0: KEPT + timedelta(days=2), 1: KEPT + timedelta(days=1), 2: KEPT + timedelta(hours=1)}
    async with core_database.transaction() as db:
        await sessions.end(db, tokens[1], reason="signed_out")
        await sessions.end(db, tokens[3], reason="signed_out")
        for number, ago in (over | {3: KEPT - timedelta(hours=1)}).items():
            which = Session.token_hash == hash_of(tokens[number])
            await db.execute(update(Session).where(which).values(expires_at=func.now() - ago))

    forgotten = []
    for _ in range(3):
        async with core_database.transaction() as db:
            forgotten.append(await forget_sessions(db, most=2))

    assert forgotten == [2, 1, 0]
    async with core_database.reading() as db:
        left = set(await db.scalars(select(Session.token_hash)))
    assert left == {hash_of(tokens[3]), hash_of(tokens[4])}
    assert await sessions.find(core_database.reading, tokens[4]) is not None
    former = await sessions.look(core_database.reading, tokens[3])
    assert isinstance(former, FormerSession), "a cookie left over is still told as one"
    assert await sessions.look(core_database.reading, tokens[1]) is None


async def test_a_row_that_somebody_holds_is_left_for_the_next_time(
    core_database, sessions, start
) -> None:
    await start(sessions)
    async with core_database.transaction() as db:
        await db.execute(update(Session).values(expires_at=func.now() - 2 * KEPT))
    async with core_database.transaction() as holder:
        await holder.execute(select(Session.token_hash).with_for_update())
        async with core_database.transaction() as db:
            assert await forget_sessions(db) == 0
    async with core_database.transaction() as db:
        assert await forget_sessions(db) == 1


async def test_counts_whose_window_has_passed_go(core_database) -> None:
    async with core_database.transaction() as db:
        for key, hours in (("past", -1), ("present", 1)):
            until = func.now() + timedelta(hours=hours)
            db.add(RateCount(name="codes", key=key, count=3, until=until))
    async with core_database.transaction() as db:
        await forget_counts(db)

    async with core_database.reading() as db:
        assert list(await db.scalars(select(RateCount.key))) == ["present"]
