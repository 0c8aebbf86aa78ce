"""What plugins propose for the built-in roles: settled once, and later by decision only."""

from foundation.auth import repository, rights
from foundation.auth.permissions import Permission, Role
from foundation.auth.proposals import Proposal, decide, decided, proposals_of, settle, unproposed

LOOK = Permission("x:thing:read", "See", roles=frozenset({Role.OPERATOR, Role.VIEWER}))
WORK = Permission("x:thing:write", "Work", roles=frozenset({Role.OPERATOR, Role.ADMIN}))
RULE = Permission("x:thing:rule", "Rule", roles=frozenset({Role.ADMIN}))
LOOKING, WORKING = Proposal(LOOK.name, Role.VIEWER), Proposal(WORK.name, Role.OPERATOR)


def test_the_lowest_role_is_what_is_proposed_and_an_admin_needs_none() -> None:
    assert proposals_of([WORK, RULE, LOOK, Permission("x:thing:none", "None")]) == [
        LOOKING, WORKING,
    ]  # fmt: skip
    assert str(LOOKING) == "x:thing:read to viewer"


def test_without_consent_no_role_holds_it() -> None:
    assert [right.roles for right in unproposed([LOOK, RULE])] == [frozenset(), frozenset()]


async def test_the_first_start_settles_and_no_later_one(core_database, kit) -> None:
    async with core_database.transaction() as db:
        assert await settle(db, [LOOKING])
        assert not await settle(db, [LOOKING, WORKING])
        await kit.audited(db)

    async with core_database.reading() as db:
        assert await decided(db) == {LOOKING: True}


async def test_a_right_reaches_the_role_and_those_above_until_it_is_refused(
    core_database, kit, user_id
) -> None:
    oscar = await kit.add_user(core_database, subject="oscar", roles=("operator",))
    nobody = await kit.add_user(core_database, subject="eve")

    async def held() -> list[list[str]]:
        async with core_database.reading() as db:
            found = [await repository.grants_of(db, id) for id in (user_id, oscar, nobody)]
            for role, grants in zip(("viewer", "operator"), found, strict=False):
                assert sorted(await rights.grants_of_role(db, role)) == sorted(grants)
            assert await rights.grants_of_role(db, "nothing") is None
        return [sorted(grants) for grants in found]

    async def take(decisions) -> None:
        async with core_database.transaction() as db:
            await decide(db, decisions, by=user_id)
            await kit.audited(db)

    await take({LOOKING: True, WORKING: True})
    assert await held() == [[LOOK.name], [LOOK.name, WORK.name], []]
    await take({LOOKING: False})
    assert await held() == [[], [WORK.name], []]
