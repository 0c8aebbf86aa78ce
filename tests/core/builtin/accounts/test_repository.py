"""The list of users, asked of a real PostgreSQL."""

from sqlalchemy import text

from foundation import ids
from foundation.auth import repository as core
from foundation.builtin.accounts import repository
from foundation.db.engine import Database


async def test_a_page_holds_the_newest_first_and_finds_by_part(core_database_url) -> None:
    database = Database(core_database_url)
    for name in ("ada", "vera"):
        async with database.transaction() as db:
            user, _ = await core.find_or_add_user(db, id=ids.uuid7(), issuer="i", subject=name)
            user.name = name
            await db.flush()
            await db.execute(
                text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)")
            )
    async with database.reading() as db:
        everybody, _ = await repository.page(db, q=None, limit=10, cursor=None)
        first, following = await repository.page(db, q=None, limit=1, cursor=None)
        found, _ = await repository.page(db, q="AD", limit=10, cursor=None)
    await database.dispose()

    assert [user.name for user in everybody] == ["vera", "ada"]
    assert [user.name for user in first] == ["vera"]
    assert following is not None
    assert [user.name for user in found] == ["ada"]
