"""What somebody may do comes from the tables: all their roles, and what custom ones name."""

from sqlalchemy import insert, select

from foundation import ids
from foundation.auth import repository, rights
from foundation.auth.models import CustomRole, User, UserRole


async def test_custom_roles_give_what_they_name_to_those_who_have_them(
    core_database, kit, user_id
) -> None:
    other = await kit.add_user(core_database, subject="eve")
    async with core_database.transaction() as db:
        for name, permissions in (("one", ["a:b:c", "a:b:d"]), ("two", ["a:b:c", "x:y:z"])):
            row = {"id": ids.uuid7(), "name": name, "title": name, "version": 1}
            await db.execute(insert(CustomRole).values(permissions=permissions, **row))
            given = {"user_id": user_id, "role": name, "source": "local"}
            await db.execute(insert(UserRole).values(**given))
        await kit.audited(db)

    async with core_database.reading() as db:
        asked = select(User.id, rights.role_names(User.id), rights.custom_grants(User.id))
        found = {
            id: (sorted(roles), sorted(grants)) for id, roles, grants in await db.execute(asked)
        }
        assert await rights.role_exists(db, "one")
        assert await rights.role_exists(db, "admin")
        assert not await rights.role_exists(db, "three")
        assert sorted(await repository.grants_of(db, user_id)) == ["a:b:c", "a:b:d", "x:y:z"]

    assert found[user_id] == (["one", "two", "viewer"], ["a:b:c", "a:b:d", "x:y:z"])
    assert found[other] == ([], [])
