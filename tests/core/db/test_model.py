"""Tables: the schema of their owner, names that can be dropped, versions that rise."""

from uuid import UUID

import pytest
from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.exc import StaleDataError

from foundation.db.engine import Database
from foundation.db.model import CoreBase, SchemaInfo, VersionedRow, metadata_for
from foundation.secret import Secret


class Base(DeclarativeBase):
    metadata = metadata_for("garden")


class Bed(VersionedRow, Base):
    __tablename__ = "beds"

    name: Mapped[str] = mapped_column(unique=True)


class Plant(VersionedRow, Base):
    __tablename__ = "plants"

    bed_id: Mapped[UUID] = mapped_column(ForeignKey(Bed.id), index=True)


@pytest.fixture
async def garden(empty_database_url: Secret):
    database = Database(empty_database_url)
    async with database.transaction() as db:
        await db.execute(text("CREATE SCHEMA garden"))
        await db.run_sync(lambda session: Base.metadata.create_all(session.connection()))
    yield database
    await database.dispose()


def test_tables_lie_in_the_schema_of_their_owner():
    assert set(Base.metadata.tables) == {"garden.beds", "garden.plants"}
    assert str(SchemaInfo.__table__) == "foundation.schema_info"
    assert CoreBase.metadata.schema == "foundation"


def test_every_constraint_has_a_name_to_drop_it_by():
    names = {c.name for table in Base.metadata.tables.values() for c in table.constraints}
    indexes = {i.name for table in Base.metadata.tables.values() for i in table.indexes}

    assert names == {"pk_beds", "uq_beds_name", "pk_plants", "fk_plants_bed_id"}
    assert indexes == {"ix_plants_bed_id"}


async def test_a_new_row_gets_a_sortable_id_version_1_and_the_databases_time(garden):
    async with garden.transaction() as db:
        first, second = Bed(name="north"), Bed(name="south")
        db.add(first)
        await db.flush()
        db.add(second)
        await db.flush()
        now = await db.scalar(text("SELECT now()"))

    assert first.id.version == 7
    assert first.version == 1
    assert first.created_at == first.updated_at == now


async def test_a_change_raises_the_version_and_the_time_and_both_can_be_read_at_once(garden):
    async with garden.transaction() as db:
        bed = Bed(name="north")
        db.add(bed)
    made = bed.created_at
    async with garden.transaction() as db:
        bed = await db.get(Bed, bed.id)
        bed.name = "far north"
        await db.flush()

        assert bed.version == 2
        assert bed.updated_at > made
        assert bed.created_at == made


async def test_a_change_of_a_row_that_changed_meanwhile_is_stale(garden):
    async with garden.transaction() as db:
        db.add(Bed(name="north"))
    with pytest.raises(StaleDataError):
        async with garden.transaction() as late:
            bed = await late.scalar(text("SELECT id FROM garden.beds"))
            mine = await late.get(Bed, bed)
            async with garden.transaction() as early:
                (await early.get(Bed, bed)).name = "first"
            mine.name = "second"
