"""``foundation session``: a short session without a provider, and the end of all, both told."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from foundation.auth.models import Session
from foundation.auth.sessions import COOKIE, hash_of
from foundation.cli.session import session
from foundation.ids import uuid7


async def test_a_session_is_printed_once_and_lives_as_long_as_said(
    host, core_database, kit
) -> None:
    user_id = await kit.add_user(core_database, roles=("admin",))

    printed = await host(session, "mint", str(user_id), "--ttl", "15m")

    name, _, token = printed.stdout.strip().partition("=")
    assert name == COOKIE
    async with core_database.reading() as db:
        row = (await db.execute(select(Session))).scalar_one()
    assert row.token_hash == hash_of(token)
    assert row.expires_at - row.created_at == timedelta(minutes=15)


async def test_nobody_gets_none(host) -> None:
    assert (await host(session, "mint", str(uuid7()))).exit_code == 1


@pytest.mark.parametrize("ttl", ["61m", "2h", "0m", "15", "1d", "-5m"])
async def test_a_length_that_is_none_or_too_long_is_refused(host, ttl) -> None:
    refused = await host(session, "mint", str(uuid7()), "--ttl", ttl)

    assert refused.exit_code == 2
    assert "at most 1h" in refused.output


async def test_all_sessions_of_somebody_or_of_everybody_end_and_the_trail_is_told(
    host, core_database, kit
) -> None:
    ada, eve = [await kit.add_user(core_database, subject=one) for one in ("ada", "eve")]
    for one in (ada, ada, eve, eve, eve):
        await host(session, "mint", str(one))

    assert (await host(session, "end", str(ada))).stdout == "2 ended\n"
    assert (await host(session, "end", "--everybody")).stdout == "3 ended\n"
    assert (await host(session, "end", "--everybody")).stdout == "0 ended\n"

    async with core_database.reading() as db:
        ended = list(await db.scalars(select(Session.end_reason)))
        told = list(await db.scalars(text("SELECT type FROM foundation.audit_log")))
    assert ended == ["by_host"] * 5
    assert told.count("accounts.session.ended") == 2
    assert told.count("accounts.sessions.ended") == 1


async def test_ending_wants_one_user_or_the_word_everybody(host) -> None:
    assert (await host(session, "end", str(uuid7()))).exit_code == 1
    assert (await host(session, "end")).exit_code == 2
    assert (await host(session, "end", str(uuid7()), "--everybody")).exit_code == 2
