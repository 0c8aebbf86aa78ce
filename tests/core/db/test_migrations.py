"""Core's own revisions: equal to the models, a trail that only grows, no change without its event."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateSchema

from foundation.audit import models as audit_models
from foundation.auth import models as auth_models
from foundation.backup import book
from foundation.db.address import direct_engine
from foundation.db.engine import Database
from foundation.db.faults import sqlstate
from foundation.db.history import config_for
from foundation.db.migrate import SERVER, core_owner, upgrade
from foundation.db.step import Step
from foundation.http import idempotency
from foundation.ids import uuid7
from foundation.plugins import models as plugin_models
from foundation.runs import models as run_models

MODELS = (audit_models, auth_models, book, plugin_models, run_models, idempotency)

EVENT = """
    INSERT INTO foundation.audit_log (event_id, occurred_at, type, type_version, plugin, severity,
        actor_type, actor_name, outcome, request_id, app_version)
    VALUES (:event, now(), 'a.b.done', 1, 'a', 'low', 'system', '', 'success', '', '')
"""
NEW_USER = "INSERT INTO foundation.users (id, issuer, subject) VALUES (:user, 'i', :subject)"
NEW_PLUGIN = (
    "INSERT INTO foundation.plugins (id, dist, version, title, state) VALUES ('x', '', '', '', '')"
)

UNAUDITED, REFUSED = "FND01", "FND02"


@pytest.fixture
async def core(core_database_url):
    database = Database(core_database_url)
    yield database
    await database.dispose()


async def _do(core, *statements, **parameters) -> None:
    given = {"event": uuid7(), "user": uuid7(), "subject": str(uuid7())} | parameters
    async with core.transaction() as db:
        for statement in statements:
            await db.execute(text(statement), given)


async def _refused(core, *statements, **parameters) -> str:
    with pytest.raises(DBAPIError) as fault:
        await _do(core, *statements, **parameters)
    return sqlstate(fault.value)


async def test_the_tables_are_those_of_the_models(core_database_url):
    def differences(connection):
        step = Step(core_owner(), connection)
        options = {
            "include_schemas": True,
            "include_name": step.includes_name,
            "include_object": step.includes_object,
            "version_table_schema": "foundation",
        }
        return compare_metadata(
            MigrationContext.configure(connection, opts=options), step.owner.metadata
        )

    engine = direct_engine(core_database_url, application_name="foundation/tests", server=SERVER)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_there_is_one_deployment_and_never_another(core):
    async with core.reading() as db:
        assert await db.scalar(text("SELECT count(*) FROM foundation.deployment")) == 1

    assert await _refused(core, "INSERT INTO foundation.deployment (id) VALUES (:user)") == REFUSED
    assert await _refused(core, "DELETE FROM foundation.deployment") == REFUSED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation.audit_log SET type = 'x.y.z'",
        "DELETE FROM foundation.audit_log",
        "TRUNCATE foundation.audit_log",
    ],
)
@pytest.mark.parametrize("role", ["origin", "replica"])
async def test_the_trail_only_grows_even_for_a_superuser_who_poses_as_a_replica(
    core, statement, role
):
    await _do(core, EVENT)

    assert (
        await _refused(core, f"SET LOCAL session_replication_role = {role}", statement) == REFUSED
    )


async def test_a_change_without_an_event_is_refused_at_commit(core):
    assert await _refused(core, NEW_USER) == UNAUDITED


@pytest.mark.parametrize("statements", [(EVENT, NEW_USER), (NEW_USER, EVENT)])
async def test_the_order_of_change_and_event_is_free(core, statements):
    await _do(core, *statements)


async def test_an_event_of_another_transaction_does_not_count(core):
    await _do(core, EVENT)

    assert await _refused(core, NEW_USER) == UNAUDITED


async def test_an_event_taken_back_with_its_savepoint_does_not_count(core):
    statements = (NEW_USER, "SAVEPOINT s", EVENT, "ROLLBACK TO SAVEPOINT s")

    assert await _refused(core, *statements) == UNAUDITED


async def test_an_event_in_a_released_savepoint_counts(core):
    await _do(core, NEW_USER, "SAVEPOINT s", EVENT, "RELEASE SAVEPOINT s")


async def test_an_insert_of_no_event_does_not_count(core):
    none = EVENT.replace("VALUES (", "SELECT ").rstrip().removesuffix(")") + " WHERE false"

    assert await _refused(core, NEW_USER, none) == UNAUDITED


async def test_many_changes_need_one_event(core):
    many = "INSERT INTO foundation.users (id, issuer, subject) SELECT gen_random_uuid(), 'm', n::text FROM generate_series(1, 1000) n"

    await _do(core, many, EVENT)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation.users SET name = 'x'",
        "UPDATE foundation.users SET name = 'x', last_seen_at = now()",
        "DELETE FROM foundation.users",
        "INSERT INTO foundation.user_roles (user_id, role, source) VALUES (:user, 'admin', 'local')",
        "DELETE FROM foundation.user_roles",
        "UPDATE foundation.plugins SET enabled = false",
    ],
)
async def test_every_change_that_matters_needs_an_event(core, statement):
    user = uuid7()
    role = "INSERT INTO foundation.user_roles (user_id, role, source) VALUES (:user, 'viewer', 'local')"
    await _do(core, EVENT, NEW_USER, role, NEW_PLUGIN, user=user)

    assert await _refused(core, statement, user=user) == UNAUDITED
    await _do(core, statement, EVENT, user=user)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation.users SET last_seen_at = now()",
        "UPDATE foundation.users SET name = name",
        "UPDATE foundation.plugins SET state = 'started', changed_at = now()",
        "DELETE FROM foundation.plugins",
    ],
)
async def test_what_nobody_does_needs_no_event(core, statement):
    await _do(core, EVENT, NEW_USER, NEW_PLUGIN)

    await _do(core, statement)


@pytest.mark.parametrize("table", ["users", "user_roles", "plugins"])
async def test_a_guarded_table_is_not_emptied_past_its_guard(core, table):
    assert await _refused(core, EVENT, f"TRUNCATE foundation.{table} CASCADE") == REFUSED


async def test_a_plugin_guards_its_own_table_with_one_call(core):
    async with core.transaction() as db:
        await db.execute(text("CREATE SCHEMA garden"))
        await db.execute(text("CREATE TABLE garden.beds (id int)"))
        await db.execute(text("SELECT foundation.guard_table('garden.beds')"))

    assert await _refused(core, "INSERT INTO garden.beds VALUES (1)") == UNAUDITED
    await _do(core, EVENT, "INSERT INTO garden.beds VALUES (1)")
    assert await _refused(core, "UPDATE garden.beds SET id = 2") == UNAUDITED
    assert await _refused(core, EVENT, "TRUNCATE garden.beds") == REFUSED


MONTHS = """
    SELECT inhrelid::regclass::text FROM pg_inherits
    WHERE inhparent = 'foundation.audit_log'::regclass ORDER BY 1
"""


@pytest.mark.parametrize("verb", ["UPDATE {} SET type = 'x.y.z'", "DELETE FROM {}", "TRUNCATE {}"])
async def test_a_month_of_the_trail_refuses_what_the_whole_refuses(core, verb):
    await _do(core, EVENT, "SELECT foundation.audit_add_month((now() + interval '9 months')::date)")
    async with core.reading() as db:
        months = [month.rpartition(".")[2] for month in await db.scalars(text(MONTHS))]
        event_in = text("SELECT tableoid::regclass::text FROM foundation.audit_log")
        used = (await db.scalar(event_in)).rpartition(".")[2]

    assert len(months) == 6
    for month in {used, months[-1]} if verb.startswith("TRUNCATE") else {used}:
        statement = verb.format(f"foundation.{month}")
        replica = "SET LOCAL session_replication_role = replica"
        assert await _refused(core, replica, statement) == REFUSED


async def test_a_month_that_is_there_is_not_made_again(core):
    async with core.reading() as db:
        before = list(await db.scalars(text(MONTHS)))
        again = text("SELECT foundation.audit_add_months(now()::date, 3)")
        assert await db.scalar(again) == 0
        assert list(await db.scalars(text(MONTHS))) == before
        assert await db.scalar(text("SELECT foundation.audit_days_ahead()")) > 80


async def test_whoever_adds_an_event_it_waits_for_its_leaf(core):
    await _do(core, EVENT)
    async with core.reading() as db:
        assert await db.scalar(text("SELECT count(*) FROM foundation.audit_pending")) == 1


def _upgrade_to(connection, revision: str) -> None:
    """Bring core's tables to where a former version left them."""
    config = config_for(core_owner())
    config.attributes["step"] = Step(core_owner(), connection)
    command.upgrade(config, revision)


async def test_events_older_than_the_tree_are_kept_and_not_sealed(empty_database_url):
    engine = direct_engine(empty_database_url, application_name="foundation/tests", server=SERVER)
    async with engine.begin() as connection:
        await connection.execute(CreateSchema(core_owner().id))
    async with engine.connect() as connection:
        await connection.run_sync(_upgrade_to, "foundation_2c5e11a7")
    async with engine.begin() as connection:
        old = EVENT.replace("now()", "now() - interval '100 days'")
        await connection.execute(text(old), {"event": uuid7()})
    await engine.dispose()

    (outcome,) = await upgrade(empty_database_url, (), say=lambda _: None)
    assert (outcome.owner, outcome.ok) == ("foundation", True)
    core = Database(empty_database_url)
    async with core.reading() as db:
        assert await db.scalar(text("SELECT format FROM foundation.audit_log")) == 0
        assert await db.scalar(text("SELECT count(*) FROM foundation.audit_pending")) == 0
    await core.dispose()
