"""All SQL of credentials, asked directly."""

from uuid import UUID

import pytest
from sqlalchemy.exc import InvalidRequestError

from foundation.ids import uuid7
from foundation_credentials import repository
from foundation_credentials.models import Use


@pytest.fixture
async def db(database):
    """A session in a transaction that is rolled back, so that no event is asked for."""
    async with database._writing() as session:
        yield session
        await session.rollback()


async def test_a_credential_is_found_by_id_and_by_slug(db, crm):
    by_id = await repository.find(db, UUID(crm["id"]))

    assert by_id is not None
    assert await repository.find_by_slug(db, "crm") is by_id
    assert await repository.find_by_slug(db, "CRM") is None


async def test_what_is_not_there_is_none(db):
    assert await repository.find(db, uuid7()) is None
    assert await repository.find_to_hold(db, uuid7()) is None
    assert await repository.find_to_delete(db, uuid7()) is None


async def test_a_list_never_loads_sealed_bytes(db, crm):
    (state,) = await repository.sealed_states(db, [UUID(crm["id"])])

    assert state.field == "password"
    with pytest.raises(InvalidRequestError):
        _ = state.ct


async def test_only_the_set_that_holds_is_loaded(db, crm):
    row = await repository.find(db, UUID(crm["id"]))
    assert row is not None
    assert len(await repository.sealed_fields(db, row)) == 1
    row.values_version = 2

    assert await repository.sealed_fields(db, row) == []
    assert await repository.sealed_states(db, [row.id]) == []


async def test_uses_are_found_from_both_sides(db, crm, gate):
    apollo, gemini = uuid7(), uuid7()
    for credential in (crm, gate):
        for ref, title in ((gemini, "Gemini"), (apollo, "Apollo")):
            db.add(Use(cred_id=UUID(credential["id"]), plugin="projects", ref=ref, title=title))
    await db.flush()

    assert [use.title for use in await repository.uses(db, [UUID(crm["id"])])] == [
        "Apollo",
        "Gemini",
    ]
    assert [row.slug for row in await repository.used_by(db, "projects", apollo)] == ["crm", "gate"]
    assert await repository.used_by(db, "other", apollo) == []


async def test_a_thing_is_retitled_in_its_own_uses_alone(db, crm):
    apollo, gemini = uuid7(), uuid7()
    for ref in (apollo, gemini):
        db.add(Use(cred_id=UUID(crm["id"]), plugin="projects", ref=ref, title="Old"))
    await db.flush()

    await repository.retitle_uses(db, "projects", apollo, "New")

    found = {use.ref: use.title for use in await repository.uses(db, [UUID(crm["id"])])}
    assert found == {apollo: "New", gemini: "Old"}
