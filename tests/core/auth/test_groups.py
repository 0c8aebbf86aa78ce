"""Roles by groups: absent changes nothing, present gives and takes, and the last admin stays."""

import pytest

from foundation.auth import repository
from foundation.auth.groups import read_groups, sync_roles

RULES = ("ops=operator", "root=admin", "odd=nosuchrole")


@pytest.mark.parametrize(
    ("documents", "groups"),
    [
        ([{"groups": ["a", "b"]}, {}], ("a", "b")),
        ([{}, {"groups": ["a"]}], ("a",)),
        ([{"groups": "a"}], ("a",)),
        ([{"groups": []}], ()),
        ([{}, {}], None),
        ([{"groups": None}], None),
        ([{"groups": {"a": 1}}], None),
        ([{"groups": ["a", 7]}], None),
        ([{"groups": ["g"] * 201}], None),
    ],
)
def test_groups_are_a_list_one_text_or_undecided(documents, groups) -> None:
    assert read_groups(documents, claim="groups") == groups


@pytest.fixture
def sync(core_database, user_id, kit):
    async def sync(groups, rules=RULES):
        async with core_database.transaction() as db:
            synced = await sync_roles(db, user_id, groups, rules=rules)
            await kit.audited(db)
            return synced, (await repository.roles_of(db, [user_id])).get(user_id, [])

    return sync


async def test_a_group_gives_its_role_beside_the_local_one(sync) -> None:
    synced, roles = await sync(("ops", "others"))

    assert (synced.changed, synced.warning) == (True, "")
    assert roles == ["operator", "viewer"]


async def test_without_the_claim_nothing_changes_and_somebody_is_told(sync) -> None:
    await sync(("ops",))
    synced, roles = await sync(None)

    assert roles == ["operator", "viewer"]
    assert (synced.changed, "absent" in synced.warning) == (False, True)


async def test_a_claim_without_the_group_takes_its_role_and_leaves_the_local_one(sync) -> None:
    await sync(("ops",))

    synced, roles = await sync(())

    assert (synced.changed, roles) == (True, ["viewer"])


async def test_a033_the_only_admin_without_the_group_stays_and_is_warned_of(
    sync, core_database, kit
) -> None:
    await sync(("root",))
    synced, roles = await sync(())
    assert (synced.changed, roles) == (False, ["admin", "viewer"])
    assert "last admin" in synced.warning

    await kit.add_user(core_database, subject="grace", roles=("admin",))
    assert (await sync(()))[1] == ["viewer"]


async def test_a_role_that_does_not_exist_is_not_given(sync) -> None:
    synced, roles = await sync(("odd",))

    assert (roles, "does not exist" in synced.warning) == (["viewer"], True)


async def test_the_same_groups_again_change_nothing(sync) -> None:
    await sync(("ops",))

    assert not (await sync(("ops",)))[0].changed
