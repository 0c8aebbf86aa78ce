"""A new revision: written from the models, run by the next upgrade, and then nothing differs."""

import pytest
from sqlalchemy import Column, Integer, String, Table

from foundation.db.migrate import core_owner, upgrade
from foundation.db.revise import NotCurrent, revise


async def test_a_revision_brings_the_tables_to_the_models(core_database_url, make_owner):
    garden = make_owner("garden", "CREATE TABLE garden.beds (id integer PRIMARY KEY)")
    await upgrade(core_database_url, [garden], say=lambda _: None)
    Table(
        "beds",
        garden.metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(9), unique=True, nullable=False),
    )

    file = await revise(core_database_url, garden, message="name the beds")
    text = file.read_text("utf-8")
    outcomes = await upgrade(core_database_url, [garden], say=lambda _: None)
    nothing = await revise(core_database_url, garden, message="nothing")

    assert file.parent == garden.migrations
    assert file.name.startswith("garden_")
    assert file.name.endswith("_name_the_beds.py")
    assert text.startswith('"""Name the beds."""\n')
    assert 'down_revision = "garden_00000001"' in text.replace("'", '"')
    assert "uq_beds_name" in text
    assert (outcomes[1].state, outcomes[1].applied) == ("upgraded", 1)
    assert "op." not in nothing.read_text("utf-8")


async def test_tables_that_are_behind_are_not_compared(core_database_url, make_owner):
    with pytest.raises(NotCurrent, match="garden is absent; run `foundation db upgrade` first"):
        await revise(core_database_url, make_owner("garden", "SELECT 1"), message="x")


async def test_no_file_is_left_when_nothing_can_be_compared(empty_database_url):
    before = sorted(core_owner().migrations.iterdir())

    with pytest.raises(NotCurrent):
        await revise(empty_database_url, core_owner(), message="x")

    assert sorted(core_owner().migrations.iterdir()) == before
