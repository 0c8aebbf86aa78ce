"""Nobody changes their own rights, and somebody is always left who can give them back."""

import asyncio
from types import SimpleNamespace

import pytest

from foundation.auth import repository
from foundation.auth.last_admin import LastAdmin, guard_rights
from foundation.auth.permissions import Role
from foundation.auth.principal import Principal
from foundation.db.anew import asked_anew
from foundation.db.engine import Database
from foundation.errors import Forbidden
from foundation.ids import uuid7


@pytest.fixture
async def db(core_database_url):
    database = Database(core_database_url, application_name="foundation/tests")
    async with database.reading() as db:
        yield db
    await database.dispose()


async def test_ones_own_rights_are_out_of_reach_whatever_they_are(db):
    me = uuid7()

    for loses_admin in (True, False):
        with pytest.raises(Forbidden):
            await guard_rights(
                db, SimpleNamespace(id=me), by=Principal("user", me), loses_admin=loses_admin
            )


async def test_without_another_admin_none_may_lose_the_role_and_other_changes_pass(db):
    somebody, by = SimpleNamespace(id=uuid7()), Principal("user", uuid7())

    await guard_rights(db, somebody, by=by, loses_admin=False)
    with pytest.raises(LastAdmin, match="somebody else"):
        await guard_rights(db, somebody, by=by, loses_admin=True)


@pytest.mark.parametrize("change", [{"role": Role.ADMIN}, {"role": None}, {"enabled": False}])
async def test_a079_nobody_changes_their_own_rights(act, change) -> None:
    with pytest.raises(Forbidden):
        await act("ada", by="ada", **change)


@pytest.mark.parametrize("change", [{"role": Role.VIEWER}, {"role": None}, {"enabled": False}])
async def test_the_last_admin_stays(act, change) -> None:
    await act("grace", by="ada", role=None)

    with pytest.raises(LastAdmin):
        await act("ada", by="grace", **change)


async def test_two_admins_who_demote_each_other_leave_one(
    core_database, identity, act, staff, kit
) -> None:
    async with core_database.transaction() as db:
        user = await repository.find_user(db, staff["grace"])
        await identity.give_role(db, user, role=None, by=Principal("user", staff["ada"]))
        await kit.audited(db)
        # As at the edge, which asks anew when it waited too long for the lock.
        other = asyncio.create_task(asked_anew(lambda: act("ada", by="grace", role=None)))
        await asyncio.sleep(0.2)
        assert not other.done()

    with pytest.raises(LastAdmin):
        await other
