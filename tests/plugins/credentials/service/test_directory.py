"""Directory: what another plugin may ask; projects ask it here, through the port."""

from types import SimpleNamespace
from uuid import UUID

import pytest

from foundation.auth.principal import Principal
from foundation.ids import uuid7
from foundation.ports import CredentialRef, Holder
from foundation.sdk import NotFound
from foundation_credentials.permissions import READ
from foundation_credentials.service.directory import AlreadyAttached, Directory

APOLLO = Holder(plugin="projects", ref=uuid7(), title="Apollo")


def person(*permissions) -> Principal:
    held = frozenset(one.name for one in permissions)
    return Principal("user", uuid7(), "Ada", "a@b.c", permissions=held)


@pytest.fixture
async def directory(database):
    """The directory in a transaction that is rolled back, so that no event is asked for."""
    async with database._writing() as db:
        yield Directory(SimpleNamespace(db=db, principal=person(READ)))
        await db.rollback()


async def test_a_held_credential_is_listed_without_a_value(directory, crm):
    held = await directory.hold(_id(crm), APOLLO)

    assert held == CredentialRef(id=_id(crm), slug="crm", name="CRM", kind="basic")
    assert await directory.held_by("projects", APOLLO.ref) == [held]


async def test_to_whoever_may_not_see_credentials_there_is_none(directory, crm):
    unseeing = Directory(SimpleNamespace(db=directory.ctx.db, principal=person()))

    with pytest.raises(NotFound):
        await unseeing.hold(_id(crm), APOLLO)


async def test_a_credential_is_held_once_by_one_thing(directory, crm):
    await directory.hold(_id(crm), APOLLO)

    with pytest.raises(AlreadyAttached):
        await directory.hold(_id(crm), APOLLO)


async def test_another_thing_holds_it_too(directory, crm):
    other = Holder(plugin="projects", ref=uuid7(), title="Gemini")
    await directory.hold(_id(crm), APOLLO)
    await directory.hold(_id(crm), other)

    assert len(await directory.held_by("projects", other.ref)) == 1


async def test_a_released_credential_is_held_no_more(directory, crm):
    await directory.hold(_id(crm), APOLLO)
    await directory.release(_id(crm), APOLLO)

    assert await directory.held_by("projects", APOLLO.ref) == []


async def test_what_is_not_held_is_not_released(directory, crm):
    with pytest.raises(NotFound):
        await directory.release(_id(crm), APOLLO)


async def test_what_is_not_there_is_not_held(directory, crm):
    with pytest.raises(NotFound):
        await directory.hold(uuid7(), APOLLO)


async def test_a_project_that_is_renamed_is_named_anew(operator, crm):
    project = (await operator.post("/api/projects", {"slug": "a", "name": "Apollo"})).json
    path = f"/api/projects/{project['id']}"
    await operator.post(f"{path}/credentials", {"credential_id": crm["id"]})
    await operator.patch(path, {"name": "Apollo 11"}, if_match=1)

    used_by = (await operator.get(f"/api/creds/{crm['id']}")).json["used_by"]

    assert [use["title"] for use in used_by] == ["Apollo 11"]


def _id(credential):
    return UUID(credential["id"])
