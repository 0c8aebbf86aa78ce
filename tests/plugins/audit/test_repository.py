"""All SQL of the saved filters, asked directly."""

from uuid import UUID

from foundation.ids import uuid7
from foundation_audit import repository


async def test_only_ones_own_are_found_by_name(database, operator):
    me = UUID((await operator.get("/api/auth/me")).json["id"])
    for name in ("b", "a"):
        await operator.post("/api/audit/filters", {"name": name, "query": {"type": "x"}})

    async with database.reading() as db:
        mine = await repository.of_person(db, me)
        assert [row.name for row in mine] == ["a", "b"]
        assert await repository.find(db, me, mine[0].id) is mine[0]
        assert await repository.find(db, uuid7(), mine[0].id) is None
        assert await repository.find(db, me, uuid7()) is None
        assert await repository.of_person(db, uuid7()) == []
