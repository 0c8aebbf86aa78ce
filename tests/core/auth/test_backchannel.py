"""Signing people out for the provider: by session, by subject, and once for each token."""

import pytest

from foundation.auth.backchannel import sign_out
from foundation.auth.person import Notice

ISSUER = "https://id.example.org"


def notice(*, sid=None, subject=None, jti="j-1", issuer=ISSUER) -> Notice:
    return Notice(issuer, sid, subject, jti)


@pytest.fixture
def obey(core_database, sessions, kit):
    async def obey(told: Notice) -> int:
        async with core_database.transaction() as db:
            ended = await sign_out(db, sessions, told)
            await kit.audited(db)
        return len(ended)

    return obey


async def test_a_session_is_ended_by_its_sid_and_no_other(obey, start, sessions) -> None:
    await start(sessions, sid="one")
    await start(sessions, sid="two")

    assert await obey(notice(sid="one", subject="ada")) == 1


async def test_a043_with_an_unknown_sid_all_of_the_subject_end(obey, start, sessions) -> None:
    await start(sessions, sid="one")
    await start(sessions, sid=None)

    assert await obey(notice(sid="unknown", subject="ada")) == 2


async def test_a045_a_subject_that_is_the_name_of_another_matches_nobody(
    obey, start, sessions
) -> None:
    await start(sessions, sid="one")

    assert await obey(notice(subject="Ada")) == 0
    assert await obey(notice(subject="ada@example.org", jti="j-2")) == 0
    assert await obey(notice(subject="ada", jti="j-3", issuer="https://evil.example")) == 0


async def test_the_same_token_is_obeyed_once(obey, start, sessions) -> None:
    await start(sessions, sid="one")
    assert await obey(notice(sid="one")) == 1
    await start(sessions, sid="one")

    assert await obey(notice(sid="one")) == 0
    assert await obey(notice(sid="one", jti="j-2")) == 1


async def test_one_whose_transaction_failed_may_come_again(
    obey, start, sessions, core_database
) -> None:
    await start(sessions, sid="one")
    with pytest.raises(ZeroDivisionError):
        async with core_database.transaction() as db:
            await sign_out(db, sessions, notice(sid="one"))
            raise ZeroDivisionError

    assert await obey(notice(sid="one")) == 1
