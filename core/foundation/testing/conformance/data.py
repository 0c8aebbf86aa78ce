"""A plugin's tables lie in its schema, its revisions make them and take them back, all guarded."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from sqlalchemy import Table, text
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.db.engine import Database
from foundation.db.history import Owner, read_history
from foundation.db.migrate import status, upgrade
from foundation.db.rehearse import compare_models, take_back
from foundation.secret import Secret
from foundation.testing.conformance.subject import Subject
from foundation.testing.postgres import TestServer

GUARDED = text(
    "SELECT c.relname FROM pg_catalog.pg_trigger t"
    " JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid"
    " WHERE n.nspname = :schema AND p.proname = 'require_audit'"
)
MADE = text("SELECT table_name FROM information_schema.tables WHERE table_schema = :schema")
TYPES = text(
    "SELECT t.typname FROM pg_catalog.pg_type t"
    " JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace"
    " WHERE n.nspname = :schema AND t.typtype IN ('e', 'd')"
)


@dataclass(frozen=True, slots=True)
class Migrated:
    """A database with core's tables and those of the plugin, if it has any."""

    url: Secret
    owners: Sequence[Owner]


@pytest.fixture
async def migrated(postgres: TestServer, subject: Subject) -> AsyncIterator[Migrated]:
    """Migrate a fresh database for the plugin alone."""
    owners = owners_of(subject)
    url = await postgres.create(owners)
    yield Migrated(url, owners)
    await postgres.drop(url)


def owners_of(subject: Subject) -> list[Owner]:
    """Return the plugin as an owner of tables, or nothing."""
    tables = subject.adds.tables
    return [Owner(subject.id, tables.metadata, tables.migrations)] if tables else []


def tables_of(subject: Subject) -> list[Table]:
    """Return the plugin's tables as its models describe them."""
    return list(subject.adds.tables.metadata.tables.values()) if subject.adds.tables else []


def test_its_tables_lie_in_its_own_schema(subject: Subject) -> None:
    assert {table.schema for table in tables_of(subject)} <= {subject.id}


def test_it_refers_to_itself_and_to_core_only_and_says_what_a_deletion_does(
    subject: Subject,
) -> None:
    for table in tables_of(subject):
        for key in table.foreign_keys:
            schema = key.target_fullname.partition(".")[0]
            where = f"{table.fullname}.{key.parent.name}"

            assert schema in {subject.id, "foundation"}, where
            assert key.ondelete is not None, where
            if schema == "foundation":
                assert key.target_fullname in {"foundation.users.id", "foundation.runs.id"}, where
                assert key.ondelete.upper() in {"CASCADE", "SET NULL"}, where


async def test_its_revisions_make_the_tables_that_its_models_describe(
    subject: Subject, migrated: Migrated
) -> None:
    async with _reading(migrated.url) as db:
        names = set(await db.scalars(MADE, {"schema": subject.id})) - {"alembic_version"}

    assert names == {table.name for table in tables_of(subject)}


async def test_a_comparison_of_models_and_tables_finds_nothing(migrated: Migrated) -> None:
    for owner in migrated.owners:
        await compare_models(migrated.url, owner)


async def test_a_second_upgrade_changes_nothing(migrated: Migrated) -> None:
    outcomes = await upgrade(migrated.url, migrated.owners, say=_quiet)

    assert {(one.state, one.applied) for one in outcomes} == {("current", 0)}
    assert all(one.ok for one in await status(migrated.url, migrated.owners))


async def test_each_of_its_tables_is_under_the_guard_of_the_audit_trail(
    subject: Subject, migrated: Migrated
) -> None:
    async with _reading(migrated.url) as db:
        names = set(await db.scalars(GUARDED, {"schema": subject.id}))

    assert names == {table.name for table in tables_of(subject)}


async def test_its_revisions_go_down_and_up_again_unless_one_says_why_not(
    subject: Subject, migrated: Migrated
) -> None:
    for owner in migrated.owners:
        if _one_way(owner):
            continue
        await take_back(migrated.url, owner)
        async with _reading(migrated.url) as db:
            left = set(await db.scalars(MADE, {"schema": subject.id})) - {"alembic_version"}
            left |= set(await db.scalars(TYPES, {"schema": subject.id}))
        outcomes = await upgrade(migrated.url, migrated.owners, say=_quiet)

        assert left == set()
        assert [one.reason for one in outcomes if not one.ok] == []


def _one_way(owner: Owner) -> bool:
    read_history(owner)  # each revision has a way back or says why not
    return any("one_way" in file.read_text("utf-8") for file in owner.migrations.glob("*.py"))


@asynccontextmanager
async def _reading(url: Secret) -> AsyncIterator[AsyncSession]:
    database = Database(url, application_name="foundation/conformance")
    try:
        async with database.reading() as db:
            yield db
    finally:
        await database.dispose()


def _quiet(_line: str) -> None:
    """Say nothing."""
