"""The questions about people and sessions, asked of a real PostgreSQL."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from foundation import ids
from foundation.auth import repository
from foundation.auth.permissions import Role


async def test_a_person_is_added_once_and_found_ever_after(core_database, kit) -> None:
    first = await kit.add_user(core_database, subject="ada")
    second = await kit.add_user(core_database, subject="ada")

    assert first == second


async def test_ten_first_sign_ins_at_once_make_one_person(core_database, kit) -> None:
    made = await asyncio.gather(*(kit.add_user(core_database, subject="eve") for _ in range(5)))

    assert len(set(made)) == 1


async def test_the_same_subject_of_another_issuer_is_another_person(core_database, kit) -> None:
    async with core_database.transaction() as db:
        found = [
            (await repository.find_or_add_user(db, id=ids.uuid7(), issuer=issuer, subject="ada"))[
                0
            ].id
            for issuer in ("https://a.example", "https://b.example")
        ]
        await kit.audited(db)

    assert len(set(found)) == 2


async def test_the_database_refuses_a_user_without_an_event(core_database) -> None:
    with pytest.raises(DBAPIError, match="without an audit event"):
        async with core_database.transaction() as db:
            await repository.find_or_add_user(db, id=ids.uuid7(), issuer="i", subject="s")


async def test_seeing_somebody_needs_no_event_and_changes_no_version(core_database, kit) -> None:
    user_id = await kit.add_user(core_database)
    before = await one_row(core_database)
    async with core_database.transaction() as db:
        await repository.see_user(db, user_id)
    after = await one_row(core_database)

    assert before[:2] == after[:2]
    assert before[2] is None
    assert after[2] is not None


async def one_row(database):
    async with database.reading() as db:
        found = await db.execute(
            text("SELECT version, updated_at, last_seen_at FROM foundation.users")
        )
        return tuple(found.one())


async def test_a_local_role_replaces_the_former_and_leaves_those_of_groups(
    core_database, kit
) -> None:
    user_id = await kit.add_user(core_database, roles=("viewer",))
    async with core_database.transaction() as db:
        await db.execute(
            text(
                "INSERT INTO foundation.user_roles (user_id, role, source) VALUES (:id, 'operator', 'idp')"
            ),
            {"id": user_id},
        )
        await repository.replace_local_role(db, user_id, role=Role.ADMIN, by=None)
        await kit.audited(db)
        assert await repository.roles_of(db, [user_id]) == {user_id: ["admin", "operator"]}
        await repository.replace_local_role(db, user_id, role=None, by=None)
        assert await repository.roles_of(db, [user_id, ids.uuid7()]) == {user_id: ["operator"]}


async def test_other_admins_are_enabled_people_with_the_role(core_database, kit) -> None:
    ada = await kit.add_user(core_database, subject="ada", roles=("admin",))
    await kit.add_user(core_database, subject="vera", roles=("viewer",))
    off = await kit.add_user(core_database, subject="off", roles=("admin",))
    async with core_database.transaction() as db:
        await db.execute(
            text("UPDATE foundation.users SET enabled = false WHERE id = :id"), {"id": off}
        )
        await kit.audited(db)
        assert await repository.other_admins(db) == 1
        assert await repository.other_admins(db, than=ada) == 0


async def test_changing_what_lies_elsewhere_raises_the_version(core_database, kit) -> None:
    user_id = await kit.add_user(core_database)
    async with core_database.transaction() as db:
        user = await repository.find_user(db, user_id)
        assert user is not None
        version = user.version
        repository.mark_changed(user)
        await db.flush()
        await kit.audited(db)

    assert user.version == version + 1


async def test_the_deployment_has_one_id(core_database) -> None:
    async with core_database.reading() as db:
        assert await repository.deployment_id(db) == await repository.deployment_id(db)


async def test_nobody_is_found_by_an_unknown_id_or_hash(core_database) -> None:
    async with core_database.reading() as db:
        assert await repository.find_user(db, ids.uuid7()) is None
        assert await repository.find_session(db, b"x" * 32) is None
        assert await repository.living_hashes(db, ids.uuid7()) == []
