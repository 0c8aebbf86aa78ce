"""A Foundation with some plugins only."""

import pytest

from foundation.sdk import Secret
from foundation.testing.people import SignIn
from foundation.testing.platform import NoSuchPlugin, environ_of, with_required


async def test_only_the_named_plugins_are_started(platform):
    app = await platform("audit")

    assert [one.id for one in app.registry.started if not one.builtin] == ["audit"]
    assert (await (await SignIn(app)("viewer")).get("/api/projects")).status == 404


async def test_several_run_side_by_side_on_databases_of_their_own(platform):
    first, second = await platform("projects"), await platform("projects")
    operator = await SignIn(first)("operator")

    await operator.post("/api/projects", {"name": "One", "slug": "one"})

    viewer = await SignIn(second)("viewer")
    assert (await viewer.get("/api/projects")).json["items"] == []


async def test_a_plugin_that_is_not_installed_is_named(platform):
    with pytest.raises(NoSuchPlugin, match="'absent'"):
        await platform("absent")


def test_what_is_required_comes_first(tmp_path):
    assert with_required(tmp_path, ["projects", "audit", "projects"]) == ("projects", "audit")


async def test_a_database_has_the_tables_of_the_named_plugins_alone(migrate):
    from sqlalchemy import text

    from foundation.db.engine import Database

    database = Database(await migrate("projects"), application_name="foundation/tests")
    async with database.reading() as db:
        schemas = set(await db.scalars(text("SELECT nspname FROM pg_catalog.pg_namespace")))
    await database.dispose()

    assert {"foundation", "projects"} <= schemas
    assert "credentials" not in schemas


def test_the_files_of_one_test_are_made_once(tmp_path):
    environ = environ_of(tmp_path, Secret("postgresql://x"))

    assert environ_of(tmp_path, Secret("postgresql://x")) == environ
