"""With roles of its own the service can record and seal, and change nothing."""

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from foundation.audit.keeper import Keeper
from foundation.audit.roles import ONE_ROLE, ROLES_SQL
from foundation.db.engine import Database


@pytest.fixture
async def app(log, core_database_url):
    """The trail as the service's role sees it."""
    raw = await log.connection()
    await raw.execute(ROLES_SQL)
    await raw.close()
    database = Database(core_database_url, application_name="foundation/tests")

    def become(connection, _record):
        cursor = connection.cursor()
        cursor.execute("SET ROLE foundation_app")
        cursor.close()
        connection.commit()

    event.listen(database._engine.sync_engine, "connect", become)
    log.owner, log.database = log.database, database
    yield log
    await log.owner.dispose()


async def test_the_service_records_seals_signs_and_makes_months(app):
    await app.record(3)
    keeper = Keeper(app.sealer())

    assert await keeper.pass_once() == 3
    assert (await app.verdict()).faults == []
    assert await app.ask(ONE_ROLE) == [(False,)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation.audit_log SET outcome = 'x'",
        "DELETE FROM foundation.audit_log",
        "TRUNCATE foundation.audit_log",
        "ALTER TABLE foundation.audit_log DISABLE TRIGGER ALL",
        "DROP TABLE foundation.audit_log",
        "UPDATE foundation.audit_leaves SET leaf_hash = NULL",
        "DELETE FROM foundation.audit_tiles",
        "UPDATE foundation.audit_checkpoints SET root = NULL",
        "INSERT INTO foundation.audit_pending VALUES (gen_random_uuid(), now(), NULL)",
        "SET LOCAL session_replication_role = replica",
    ],
)
async def test_the_service_may_not(app, statement):
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        async with app.database.transaction() as db:
            await db.execute(text(statement))


@pytest.mark.parametrize("verb", ["SELECT FROM", "DELETE FROM", "TRUNCATE"])
async def test_the_service_has_no_right_on_a_month(app, verb):
    ((month,),) = await app.ask(
        "SELECT max(inhrelid::regclass::text) FROM pg_inherits"
        " WHERE inhparent = 'foundation.audit_log'::regclass"
    )
    statement = f"{verb} foundation.{month.rpartition('.')[2]}"
    with pytest.raises(DBAPIError, match="permission denied"):
        async with app.database.transaction() as db:
            await db.execute(text(statement))


async def test_with_one_role_for_everything_the_service_owns_the_trail(log):
    assert await log.ask(ONE_ROLE) == [(True,)]


async def test_the_roles_may_be_set_up_again(app):
    raw = await app.connection()
    await raw.execute(ROLES_SQL)
    await raw.close()
