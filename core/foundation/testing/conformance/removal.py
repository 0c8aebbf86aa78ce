"""Without the plugin the product starts, and its data goes without asking its code."""

from sqlalchemy import text

from foundation.db.engine import Database
from foundation.testing.conformance.subject import Subject
from foundation.testing.people import anonymous
from foundation.testing.platform import Migrate, Platform

FOREIGN = text(
    "SELECT c.conname FROM pg_catalog.pg_constraint c"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace"
    " JOIN pg_catalog.pg_class r ON r.oid = c.confrelid"
    " JOIN pg_catalog.pg_namespace f ON f.oid = r.relnamespace"
    " WHERE c.contype = 'f' AND f.nspname = :schema AND n.nspname <> :schema"
)


async def test_without_it_the_product_starts_on_a_database_that_has_its_tables(
    subject: Subject, platform: Platform, migrate: Migrate
) -> None:
    url = await migrate(subject.id)
    app = await platform(FOUNDATION_DATABASE_URL=url.reveal())
    prefixes = subject.adds.prefixes
    client = anonymous(app)

    loaded = app.registry.find(subject.id)
    assert loaded is None or not loaded.is_started
    assert (await client.get("/api/shell")).status == 401
    for prefix in prefixes:
        assert (await client.get(f"/api/{prefix}")).status in {401, 404, 503}


async def test_nobody_depends_on_its_tables(subject: Subject, migrate: Migrate) -> None:
    database = Database(await migrate(subject.id), application_name="foundation/conformance")
    try:
        async with database.reading() as db:
            assert set(await db.scalars(FOREIGN, {"schema": subject.id})) == set()
    finally:
        await database.dispose()
