"""A restored database is looked at: each kind of damage is found and named, and nothing changed."""

import pytest
from sqlalchemy import text

from foundation.audit.keeper import Keeper
from foundation.backup.check import Examination
from foundation.backup.restore import bring_back
from foundation.db.engine import Database

UNGUARDED = "ALTER TABLE credentials.secrets DISABLE TRIGGER ALL"


@pytest.fixture
async def restored(dump, empty_database_url):
    await bring_back(dump.file, empty_database_url)
    database = Database(empty_database_url, application_name="foundation/tests")
    yield database
    await database.dispose()


@pytest.fixture
def look(dump, restored, lived_in, installed_owners):
    tables = [table for owner in installed_owners for table in owner.metadata.tables.values()]

    async def look(**changes):
        settings = lived_in.parts.settings.model_copy(update=changes)
        found = Examination(restored, dump.manifest, settings, tables).findings()
        return {one.part: (one.ok, one.words) async for one in found}

    return look


async def _damage(database, *statements) -> None:
    async with database._engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_what_is_whole_is_found_whole(look):
    found = await look()

    assert {part: ok for part, (ok, _) in found.items()} == dict.fromkeys(
        ("rows", "trail", "keys", "values"), True
    )
    assert "events are proved" in found["trail"][1]


async def test_a_row_that_is_missing_is_named_by_its_table(look, restored):
    await _damage(restored, UNGUARDED, "DELETE FROM credentials.secrets")

    ok, words = (await look())["rows"]

    assert (ok, words) == (False, "credentials.secrets: 0 for 1")


async def test_an_event_that_was_edited_breaks_the_proof(look, restored):
    await _damage(
        restored,
        "ALTER TABLE foundation.audit_log DISABLE TRIGGER ALL",
        "UPDATE foundation.audit_log SET actor_name = 'somebody else'",
    )

    ok, words = (await look())["trail"]

    assert ok is False
    assert "leaf" in words or "event" in words


async def test_a_value_that_does_not_open_is_counted(look, restored):
    await _damage(
        restored,
        UNGUARDED,
        "UPDATE credentials.secrets SET ct = set_byte(ct, 0, 1 - (get_byte(ct, 0) & 1))",
    )

    assert (await look())["values"] == (False, "1 of 1 do not open")


async def test_without_the_ring_it_says_what_is_missing(look):
    found = await look(keyring_file=None)

    assert found["keys"][0] is False
    assert "values" not in found


async def test_without_the_signing_key_the_rows_are_still_held_against_the_tree(look, restored):
    ok, words = (await look(audit_signing_key_file=None))["trail"]
    assert (ok, words.endswith("events are proved; no note was looked at")) == (True, True)
    await _damage(
        restored,
        "ALTER TABLE foundation.audit_log DISABLE TRIGGER ALL",
        "UPDATE foundation.audit_log SET actor_name = 'somebody else'",
    )
    assert (await look(audit_signing_key_file=None))["trail"][0] is False


async def test_a_note_that_is_newer_than_the_copy_is_told(look, lived_in, client_as):
    await client_as("operator")
    await Keeper(lived_in.parts.sealer).pass_once()

    ok, words = (await look())["trail"]

    assert (ok, words.endswith("; 1 notes outside are newer than this copy")) == (True, True)
