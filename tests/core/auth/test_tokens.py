"""API tokens: told apart offline, kept as a hash, used by nobody else and from nowhere else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, text

from foundation import ids
from foundation.auth.models import ApiToken
from foundation.auth.tokens import (
    LOOKS_LIKE_ONE,
    find_token,
    hash_of_token,
    is_well_formed,
    new_token,
    revoke_tokens,
    touch_token,
    within,
)
from foundation.errors import Unauthenticated


def test_a_token_is_57_letters_that_a_scanner_finds() -> None:
    token = new_token("user")

    assert len(token) == 57
    assert LOOKS_LIKE_ONE.fullmatch(token)
    assert new_token("service").startswith("fnd_svc_")
    assert is_well_formed(token)


def bent(token: str) -> list[str]:
    flipped = token[:-1] + ("0" if token[-1] != "0" else "1")
    return [
        flipped,
        token[:8] + ("0" if token[8] != "0" else "1") + token[9:],
        token.replace("fnd_pat_", "fnd_svc_"),
        "xyz" + token[3:],
        token[:-1],
        token + "0",
        token.lower() if token.lower() != token else token.upper(),
        token[:20] + "\u0661" + token[21:],
        token + "\n",
        " " + token,
        "",
    ]


class NoDatabase:
    """A database that nobody may ask."""

    async def execute(self, *_):
        raise AssertionError("a bad checksum costs no query")


@pytest.mark.parametrize("at", range(11))
async def test_a086_a_token_that_is_none_costs_no_query(at) -> None:
    wrong = bent(new_token("user"))[at]

    assert not is_well_formed(wrong)
    with pytest.raises(Unauthenticated):
        await find_token(NoDatabase(), wrong, address="192.0.2.1")


@pytest.fixture
async def token(core_database, user_id, kit) -> str:
    token = new_token("user")
    async with core_database.transaction() as db:
        row = {
            "id": ids.uuid7(), "token_hash": hash_of_token(token), "prefix": token[:12],
            "user_id": user_id, "name": "ci", "scopes": ["x:thing:read"],
            "networks": [], "expires_at": func.now() + timedelta(days=1),
        }  # fmt: skip
        await db.execute(insert(ApiToken).values(**row))
        await kit.audited(db)
    return token


@pytest.fixture
def find(core_database):
    async def find(token):
        async with core_database.reading() as db:
            return await find_token(db, token, address="192.0.2.1")

    return find


async def test_a_living_token_is_found_with_its_owners_rights(find, token, user_id) -> None:
    found = await find(token)

    assert (found.user_id, found.kind, list(found.roles)) == (user_id, "user", ["viewer"])
    assert list(found.scopes) == ["x:thing:read"]


async def test_a058_neither_its_hash_nor_another_token_is_it(find, token) -> None:
    for wrong in (hash_of_token(token).hex(), new_token("user")):
        with pytest.raises(Unauthenticated):
            await find(wrong)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE foundation.api_tokens SET expires_at = now()",
        "UPDATE foundation.api_tokens SET revoked_at = now()",
        "UPDATE foundation.users SET enabled = false",
        "UPDATE foundation.api_tokens SET networks = '{198.51.100.0/24}'",
    ],
)
async def test_a087_a_void_one_does_not_count(find, token, core_database, kit, change) -> None:
    async with core_database.transaction() as db:
        await db.execute(text(change))
        await kit.audited(db)

    with pytest.raises(Unauthenticated):
        await find(token)


async def test_a089_its_use_is_noted_once_in_five_minutes(core_database, find, token) -> None:
    async def note():
        found = await find(token)
        if found.is_due:
            async with core_database.transaction() as db:
                await touch_token(db, found.id, address="192.0.2.1")
        return found.is_due

    async def seen():
        async with core_database.reading() as db:
            return (await db.execute(select(ApiToken.last_used_at))).scalar_one()

    assert await note()
    first = await seen()
    assert [await note() for _ in range(20)] == [False] * 20
    assert await seen() == first


async def test_revoking_twice_revokes_once(core_database, token, user_id, kit) -> None:
    async with core_database.transaction() as db:
        which = ApiToken.user_id == user_id
        assert len(await revoke_tokens(db, which)) == 1
        assert await revoke_tokens(db, which) == []
        await kit.audited(db)


def test_an_address_is_within_any_of_its_networks_or_any_without_one() -> None:
    assert within("192.0.2.7", [])
    assert within("192.0.2.7", ["198.51.100.0/24", "192.0.2.0/24"])
    assert within("::ffff:192.0.2.7", ["192.0.2.0/24"])
    assert not within("198.51.100.1", ["192.0.2.0/24"])
    assert not within("", ["192.0.2.0/24"])
