"""The first admin's code: 128 bits, an hour, once, and only while there is no admin."""

import asyncio

import pytest
from sqlalchemy import text

from foundation.auth import bootstrap


@pytest.fixture
def act(core_database, kit):
    async def act(verb, *given):
        async with core_database.transaction() as db:
            result = await verb(db, *given)
            await kit.audited(db)
        return result

    return act


def test_a_code_has_128_bits_in_groups_and_is_never_the_same() -> None:
    codes = {bootstrap.new_code() for _ in range(50)}

    assert len(codes) == 50
    assert all(len(code.replace("-", "")) == 26 for code in codes)


def test_case_spaces_and_dashes_do_not_count() -> None:
    code = bootstrap.new_code()
    typed = " " + code.lower().replace("-", " ")

    assert bootstrap.hash_of_code(typed) == bootstrap.hash_of_code(code)


async def test_a_code_makes_one_admin_once(act, user_id, core_database, kit) -> None:
    code = await act(bootstrap.issue)
    other = await kit.add_user(core_database, subject="eve")

    assert await act(bootstrap.is_open)
    assert await act(bootstrap.redeem, user_id, code)
    assert not await act(bootstrap.redeem, other, code)
    assert not await act(bootstrap.is_open)


async def test_a081_a_wrong_code_does_nothing(act, user_id) -> None:
    await act(bootstrap.issue)

    assert not await act(bootstrap.redeem, user_id, bootstrap.new_code())
    assert not await act(bootstrap.redeem, user_id, "")


async def test_a081_an_expired_code_does_nothing(act, user_id, core_database) -> None:
    code = await act(bootstrap.issue)
    past = text("UPDATE foundation.bootstrap_codes SET expires_at = now() - interval '1 second'")
    await act(lambda db: db.execute(past))

    assert not await act(bootstrap.redeem, user_id, code)
    assert not await act(bootstrap.is_open)


async def test_a_new_code_voids_the_one_before(act, user_id) -> None:
    before, after = await act(bootstrap.issue), await act(bootstrap.issue)

    assert not await act(bootstrap.redeem, user_id, before)
    assert await act(bootstrap.redeem, user_id, after)


async def test_a081_two_at_once_make_one_admin(act, user_id, core_database, kit) -> None:
    code = await act(bootstrap.issue)
    other = await kit.add_user(core_database, subject="eve")

    won = await asyncio.gather(
        act(bootstrap.redeem, user_id, code), act(bootstrap.redeem, other, code)
    )

    assert sorted(won) == [False, True]


async def test_a081_with_an_admin_there_is_no_code_and_none_counts(
    act, user_id, core_database, kit
) -> None:
    code = await act(bootstrap.issue)
    await kit.add_user(core_database, subject="grace", roles=("admin",))

    assert await act(bootstrap.issue) is None
    assert not await act(bootstrap.redeem, user_id, code)
