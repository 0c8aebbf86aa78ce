"""What a process records is sealed, whichever recorder it uses and whenever it does."""

import base64

import pytest
from sqlalchemy import select

from foundation.audit.models import AuditRow
from foundation.auth.trail_seal import seal_with, seal_with_key
from foundation.db.engine import Database
from foundation.plugins import trail
from foundation.secret import Secret
from foundation.settings import Settings


@pytest.fixture
async def database(core_database_url: Secret):
    database = Database(core_database_url)
    yield database
    await database.dispose()


async def seal_of_a_row(database: Database) -> tuple[bytes | None, str | None]:
    """Record something with a recorder that has no key of its own; return its seal."""
    async with database.transaction() as db:
        event = trail.discovered(trail.target("orders"), dist="foundation-orders", version="1")
        trail.record(db, event)
    async with database.reading() as db:
        newest = select(AuditRow.mac, AuditRow.mac_key_id).order_by(AuditRow.occurred_at.desc())
        mac, key_id = (await db.execute(newest.limit(1))).one()
        return mac, key_id


async def test_without_keys_a_row_has_no_seal(database):
    assert await seal_of_a_row(database) == (None, None)


async def test_the_settings_secret_seals_every_session(database, foundation_settings: Settings):
    await seal_with(database, foundation_settings)

    mac, key_id = await seal_of_a_row(database)
    assert len(mac) == 32
    assert key_id.startswith("d")


async def test_a_key_alone_seals_as_the_setting_does(database, foundation_settings: Settings):
    key = base64.b64encode(bytes(range(32))).decode() + "\n"
    await seal_with_key(database, Secret(key))
    _, by_key = await seal_of_a_row(database)

    await seal_with(database, foundation_settings)
    _, by_setting = await seal_of_a_row(database)

    assert by_key == by_setting
