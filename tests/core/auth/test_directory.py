"""People as others may name them."""

from uuid import UUID

from foundation.auth.directory import People, PersonRef
from foundation.ids import uuid7


async def test_people_are_named_by_id_and_found_by_a_part_of_name_or_address(client_as, db):
    ada = await client_as("admin", name="ada")
    await client_as("viewer", name="bob")
    id = UUID((await ada.get("/api/auth/me")).json["id"])
    people = People(db)

    found = await people.find(id)

    assert (found.title, found.email, found.enabled) == ("Ada", "ada@people.test", True)
    assert set(await people.named([id, uuid7()])) == {id}
    assert await people.named([]) == {}
    assert await people.find(uuid7()) is None
    assert [one.name for one in await people.search("BOB@")] == ["Bob"]
    assert [one.name for one in await people.search("people.test", limit=1)] == ["Ada"]
    assert await people.search("%") == []


def test_somebody_without_a_name_is_called_by_their_address():
    id = uuid7()

    assert PersonRef(id, "user", "", "a@b.test", enabled=True).title == "a@b.test"
    assert PersonRef(id, "service", "", "", enabled=True).title == str(id)
