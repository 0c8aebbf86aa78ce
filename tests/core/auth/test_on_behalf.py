"""Work for somebody who is away has the rights they hold now."""

from foundation.auth.on_behalf import principal_of
from foundation.auth.principal import SYSTEM
from foundation.ids import uuid7


async def test_without_an_id_it_is_the_machine(core_database):
    async with core_database.reading() as db:
        assert await principal_of(db, None, permissions=()) is SYSTEM


async def test_a_stranger_is_nobody(core_database):
    async with core_database.reading() as db:
        assert await principal_of(db, uuid7(), permissions=()) is None
