"""The models are the tables that core's migrations make."""

import pytest
from sqlalchemy import text

from foundation.db.engine import Database
from foundation.plugins.models import EventTypeRow, PluginRow

COLUMNS = """
    SELECT column_name, data_type, is_nullable = 'YES' FROM information_schema.columns
    WHERE table_schema = 'foundation' AND table_name = :table
"""
TYPES = {
    "TEXT": "text",
    "JSONB": "jsonb",
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "ARRAY": "ARRAY",
}


@pytest.mark.parametrize("model", [PluginRow, EventTypeRow])
async def test_columns_types_and_nulls_are_those_of_the_database(core_database_url, model):
    database = Database(core_database_url)
    async with database.reading() as db:
        made = (await db.execute(text(COLUMNS), {"table": model.__tablename__})).all()
    await database.dispose()

    declared = {
        column.name: (TYPES.get(str(column.type), "timestamp with time zone"), column.nullable)
        for column in model.__table__.columns
    }
    assert declared == {name: (kind, nullable) for name, kind, nullable in made}
