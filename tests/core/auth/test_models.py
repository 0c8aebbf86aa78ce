"""The models are the tables that core's migrations make, and plugins may refer to users."""

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import create_async_engine

from foundation.auth.models import Deployment, Key, Session, User, UserRole, exported
from foundation.db.address import engine_url
from foundation.db.model import CoreBase

TABLES = [
    CoreBase.metadata.tables[f"foundation.{model.__tablename__}"]
    for model in (User, UserRole, Session, Key, Deployment)
]


def test_a_plugin_may_name_the_id_of_users() -> None:
    assert str(exported.users.c.id) == "users.id"
    assert exported.users.schema == "foundation"


async def test_each_model_has_the_columns_and_constraints_of_its_table(core_database_url) -> None:
    engine = create_async_engine(engine_url(core_database_url))
    async with engine.connect() as connection:
        found = await connection.run_sync(_described)
    await engine.dispose()

    for table in TABLES:
        columns, keys, indexes = found[table.name]
        assert columns == {(c.name, c.nullable) for c in table.columns}
        assert keys == {c.name for c in table.primary_key}
        assert indexes == {index.name for index in table.indexes}


def _described(connection):
    look = inspect(connection)
    return {
        table.name: (
            {(c["name"], c["nullable"]) for c in look.get_columns(table.name, "foundation")},
            set(look.get_pk_constraint(table.name, "foundation")["constrained_columns"]),
            {
                index["name"]
                for index in look.get_indexes(table.name, "foundation")
                if not index.get("duplicates_constraint") and not index["name"].startswith("ux_")
            },
        )
        for table in TABLES
    }
