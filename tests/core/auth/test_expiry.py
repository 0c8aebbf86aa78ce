"""Warnings before a token ends: at 30, 14, 7 and 1 days, each once, and none for a short life."""

from datetime import timedelta

from sqlalchemy import func, insert, update

from foundation import ids
from foundation.auth.expiry import needless, warn
from foundation.auth.models import ApiToken


async def test_each_warning_comes_once_and_the_nearest_alone(core_database, user_id, kit) -> None:
    id = ids.uuid7()

    async def ends_in(**life: float) -> list[int]:
        async with core_database.transaction() as db:
            end = func.now() + timedelta(**life)
            await db.execute(update(ApiToken).where(ApiToken.id == id).values(expires_at=end))
            warned = await warn(db)
            await kit.audited(db)
        assert {(one.id, one.name) for one in warned} <= {(id, "ci")}
        return [one.days for one in warned]

    async with core_database.transaction() as db:
        row = {
            "id": id, "token_hash": b"h" * 32, "prefix": "fnd_pat_abcd", "user_id": user_id,
            "name": "ci", "scopes": ["x:thing:read"], "expires_at": func.now(),
        }  # fmt: skip
        await db.execute(insert(ApiToken).values(**row))
        await kit.audited(db)

    assert await ends_in(days=31) == []
    assert [await ends_in(days=29), await ends_in(days=20)] == [[30], []]
    assert [await ends_in(days=6), await ends_in(days=5)] == [[7], []]
    assert [await ends_in(hours=20), await ends_in(hours=2)] == [[1], []]
    assert await ends_in(days=-1) == []


def test_a_token_made_for_five_days_is_not_warned_of_at_once() -> None:
    lives = {timedelta(hours=3): 1, timedelta(days=5): 7, timedelta(days=30): 30}

    assert {life: needless(life) for life in lives} == lives
    assert needless(timedelta(days=90)) is None
