"""Sessions live and die with PostgreSQL, whatever is known of them elsewhere."""

import asyncio
import base64
from ipaddress import ip_address

import pytest
from sqlalchemy import text

from foundation.auth.sessions import hash_of, readable
from foundation.cache import NoCache
from foundation.db.engine import Database


async def end(database, sessions, token, reason="signed_out") -> None:
    async with database.transaction() as db:
        await sessions.end(db, token, reason=reason)
    await sessions.cache.settle()


async def run(database: Database, sql: str) -> None:
    async with database.transaction() as db:
        await db.execute(text(sql))


async def test_a_session_that_was_started_is_found_with_its_person(
    core_database, sessions, start
) -> None:
    token = await start(sessions)
    found = await sessions.find(core_database.reading, token)

    assert (found.name, found.email, found.roles) == ("Ada", "ada@example.org", ("viewer",))


async def test_the_cookie_is_nowhere_in_the_database(core_database, sessions, start) -> None:
    token = await start(sessions)
    async with core_database.reading() as db:
        whole = text("SELECT to_jsonb(s)::text FROM foundation.sessions s")
        row = (await db.execute(whole)).scalar_one()

    assert token not in row
    assert "an.id.token" not in row
    assert hash_of(token).hex() in row


@pytest.mark.parametrize(
    "token", ["", "AAAA", "A" * 43, "A" * 44, "é" * 43, "' OR 1=1 --", "A" * 9000]
)
async def test_a047_a_value_that_is_not_ours_is_never_adopted(
    core_database, sessions, start, token
) -> None:
    await start(sessions)

    assert await sessions.find(core_database.reading, token) is None


async def test_a058_the_stored_hash_is_no_cookie(core_database, sessions, start) -> None:
    stored = hash_of(await start(sessions))
    for form in (stored.hex(), base64.urlsafe_b64encode(stored).decode().rstrip("=")):
        assert await sessions.find(core_database.reading, form) is None


async def test_an_ended_session_is_gone_and_its_row_says_why(
    core_database, sessions, start
) -> None:
    token = await start(sessions)
    await end(core_database, sessions, token)

    assert await sessions.find(core_database.reading, token) is None
    async with core_database.reading() as db:
        rows = (await db.execute(text("SELECT end_reason FROM foundation.sessions"))).scalars()
        assert list(rows) == ["signed_out"]


async def test_an_ended_transaction_that_rolls_back_ends_nothing(
    core_database, sessions, start
) -> None:
    token = await start(sessions)
    with pytest.raises(RuntimeError):
        async with core_database.transaction() as db:
            await sessions.end(db, token, reason="signed_out")
            raise RuntimeError

    assert await sessions.find(core_database.reading, token) is not None


async def test_a_disabled_person_has_no_session(core_database, sessions, start, kit) -> None:
    token = await start(sessions)
    async with core_database.transaction() as db:
        await db.execute(text("UPDATE foundation.users SET enabled = false"))
        await kit.audited(db)

    assert await sessions.find(core_database.reading, token) is None


@pytest.mark.parametrize(
    ("column", "ago", "roles", "lives"),
    [
        ("last_seen_at", "23 hours 59 minutes", ("viewer",), True),
        ("last_seen_at", "24 hours 1 second", ("viewer",), False),
        ("auth_time", "6 days 23 hours", ("viewer",), True),
        ("auth_time", "7 days 1 second", ("viewer",), False),
        ("last_seen_at", "7 hours 59 minutes", ("admin",), True),
        ("last_seen_at", "8 hours 1 second", ("admin",), False),
        ("auth_time", "23 hours 59 minutes", ("admin",), True),
        ("auth_time", "24 hours 1 second", ("admin",), False),
    ],
)
async def test_a054_a_session_ends_when_idle_and_in_any_case(
    core_database, sessions, start, kit, column, ago, roles, lives
) -> None:
    other = await kit.add_user(core_database, subject="grace", roles=roles)
    token = await start(sessions, user_id=other, roles=list(roles))
    await run(core_database, f"UPDATE foundation.sessions SET {column} = now() - interval '{ago}'")

    assert (await sessions.find(core_database.reading, token) is not None) is lives


async def test_a054_activity_never_moves_the_absolute_end(core_database, sessions, start) -> None:
    token = await start(sessions)
    await run(
        core_database, "UPDATE foundation.sessions SET expires_at = now() - interval '1 second'"
    )

    assert await sessions.find(core_database.reading, token) is None


async def test_a054_asking_with_a_session_that_was_idle_too_long_does_not_revive_it(
    core_database, sessions, start
) -> None:
    token = await start(sessions)
    await run(
        core_database, "UPDATE foundation.sessions SET last_seen_at = now() - interval '25 hours'"
    )
    for _ in range(3):
        assert await sessions.find(core_database.reading, token) is None


async def test_becoming_an_admin_shortens_a_session_at_once(
    core_database, sessions, start, kit
) -> None:
    token = await start(sessions)
    await run(
        core_database, "UPDATE foundation.sessions SET last_seen_at = now() - interval '9 hours'"
    )
    await kit.add_user(core_database, subject="ada", roles=("admin",))

    assert await sessions.find(core_database.reading, token) is None


async def test_use_is_noted_at_most_every_five_minutes(core_database, sessions, start) -> None:
    token = await start(sessions)
    seen = (
        "SELECT count(*) FROM foundation.sessions WHERE last_seen_at > now() - interval '1 minute'"
    )
    await sessions.find(core_database.reading, token, address="198.51.100.7")
    async with core_database.reading() as db:
        assert (
            str((await db.execute(text("SELECT ip_last FROM foundation.sessions"))).scalar_one())
            == "192.0.2.1"
        )

    await run(
        core_database, "UPDATE foundation.sessions SET last_seen_at = now() - interval '6 minutes'"
    )
    await sessions.find(core_database.reading, token, address="198.51.100.7")
    async with core_database.reading() as db:
        assert (await db.execute(text(seen))).scalar_one() == 1
        assert (
            str((await db.execute(text("SELECT ip_last FROM foundation.sessions"))).scalar_one())
            == "198.51.100.7"
        )
        assert (await db.execute(text("SELECT version FROM foundation.users"))).scalar_one() == 2


async def test_an_eleventh_session_ends_the_oldest(core_database, sessions, start, user_id) -> None:
    tokens = [await start(sessions) for _ in range(11)]
    async with core_database.transaction() as db:
        ended = await sessions.end_surplus(db, user_id)

    assert [one.token_hash for one in ended] == [hash_of(tokens[0])]


async def test_one_in_use_makes_no_room_for_those_whose_time_is_over(
    core_database, sessions, start, user_id
) -> None:
    kept = await start(sessions)
    others = [await start(sessions) for _ in range(10)]
    over = "UPDATE foundation.sessions SET last_seen_at = now() - interval '25 hours'"
    await run(core_database, f"{over} WHERE token_hash <> '\\x{hash_of(kept).hex()}'")
    async with core_database.transaction() as db:
        ended = await sessions.end_surplus(db, user_id)

    assert [one.token_hash for one in ended] == [hash_of(others[0])]


async def test_the_hint_opens_with_the_cookie_only(core_database, sessions, start) -> None:
    token = await start(sessions)
    async with core_database.transaction() as db:
        ended = await sessions.end(db, token, reason="signed_out")

    assert sessions.hint(token, ended) == "an.id.token"
    assert sessions.hint("another", ended) is None


async def test_a062_a_hundred_requests_at_once_see_one_truth(
    core_database, sessions, start
) -> None:
    token = await start(sessions)
    await run(
        core_database, "UPDATE foundation.sessions SET last_seen_at = now() - interval '6 minutes'"
    )
    few = asyncio.Semaphore(4)  # the pool waits two seconds for a connection, and then refuses

    async def find():
        async with few:
            return await sessions.find(core_database.reading, token)

    found = await asyncio.gather(*(find() for _ in range(100)))

    assert all(one is not None for one in found)


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:127.0.0.1", "::ffff:127.0.0.1"),
        ("<script>", "0.0.0.0"),
        ("", "0.0.0.0"),
        ("1" * 5000, "0.0.0.0"),
    ],
)
async def test_a130_any_address_can_be_written_down(
    core_database, sessions, start, address, kept
) -> None:
    await start(sessions, address=address)

    async with core_database.reading() as db:
        row = (
            await db.execute(text("SELECT host(ip_first) FROM foundation.sessions"))
        ).scalar_one()
    assert ip_address(row) == ip_address(kept)
    assert ip_address(readable(address)) == ip_address(kept)


async def test_without_redis_a_session_works_all_the_same(
    core_database, make_sessions, start
) -> None:
    sessions = make_sessions(NoCache())
    token = await start(sessions)
    await end(core_database, sessions, token)

    assert await sessions.find(core_database.reading, token) is None
