"""``foundation session mint``: a short session without a provider, told in the trail."""

from datetime import timedelta

import pytest
from sqlalchemy import select

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
