"""Keyset pages: nothing repeats, nothing is skipped, and only our own cursors are read."""

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, DateTime, SmallInteger, bindparam, insert, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.db.engine import Database
from foundation.db.model import metadata_for
from foundation.db.page import Paged, _read, keyset
from foundation.errors import BadRequest
from foundation.ids import uuid7

START = datetime(2026, 5, 1, tzinfo=UTC)


class Base(DeclarativeBase):
    metadata = metadata_for("garden")


class Plant(Base):
    __tablename__ = "plants"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str]
    height: Mapped[int]
    age: Mapped[int] = mapped_column(BigInteger, default=0)
    beds: Mapped[int] = mapped_column(SmallInteger, default=0)
    seen_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=START)


BY_HEIGHT = (Plant.height, Plant.id)


@pytest.fixture
async def garden(empty_database_url):
    database = Database(empty_database_url)
    async with database.transaction() as db:
        await db.execute(text("CREATE SCHEMA garden"))
        await db.run_sync(lambda session: Base.metadata.create_all(session.connection()))
    yield database
    await database.dispose()


async def _grow(database: Database, *heights: int) -> None:
    if heights:
        async with database.transaction() as db:
            rows = [{"id": uuid7(), "name": f"plant {h}", "height": h} for h in heights]
            await db.execute(insert(Plant), rows)


async def _page(database, cursor=None, *, by=BY_HEIGHT, what=None, descending=False, limit=2):
    async with database.reading() as db:
        what = select(Plant) if what is None else what
        return await keyset(db, what, by=by, descending=descending, limit=limit, cursor=cursor)


async def test_a_page_holds_the_first_rows_and_a_cursor_to_the_next(garden):
    await _grow(garden, 3, 1, 2)

    rows, cursor = await _page(garden)
    rest, end = await _page(garden, cursor)

    assert [plant.height for plant in rows] == [1, 2]
    assert [plant.height for plant in rest] == [3]
    assert end is None


async def test_a_list_that_ends_with_a_page_has_no_next_one(garden):
    await _grow(garden, 1, 2)

    rows, cursor = await _page(garden)

    assert (len(rows), cursor) == (2, None)


async def test_an_empty_list_is_an_empty_page(garden):
    assert await _page(garden) == ([], None)


async def test_the_order_can_be_turned_round(garden):
    await _grow(garden, 3, 1, 2)

    rows, cursor = await _page(garden, descending=True)
    rest, _ = await _page(garden, cursor, descending=True)

    assert [plant.height for plant in [*rows, *rest]] == [3, 2, 1]


async def test_several_columns_come_as_rows(garden):
    await _grow(garden, 1)

    rows, _ = await _page(garden, what=select(Plant.name, Plant.height))

    assert (rows[0].name, rows[0].height) == ("plant 1", 1)


async def test_a_list_that_is_put_together_once_is_narrowed_by_what_each_page_is_given(garden):
    await _grow(garden, 1, 2, 3, 4)
    over = Paged(
        select(Plant.__table__).where(Plant.__table__.c.height > bindparam("over")),
        by=BY_HEIGHT,
        descending=False,
    )

    async with garden.reading() as db:
        rows, cursor = await over.page(db, limit=2, cursor=None, given={"over": 1})
        rest, _ = await over.page(db, limit=2, cursor=cursor, given={"over": 1})
        none, _ = await over.page(db, limit=2, cursor=None, given={"over": 4})
        with pytest.raises(BadRequest):
            await over.page(db, limit=2, cursor=cursor, given={"over": 0})

    assert ([row.height for row in [*rows, *rest]], none) == ([2, 3, 4], [])


@pytest.mark.parametrize("column", ["name", "height", "age", "beds", "seen_at", "id"])
async def test_a_list_can_be_ordered_by_any_column_with_a_place(garden, column):
    await _grow(garden, 1, 2, 3)
    by = (getattr(Plant, column), Plant.id)

    rows, cursor = await _page(garden, by=by)
    rest, end = await _page(garden, cursor, by=by)

    assert sorted(plant.height for plant in [*rows, *rest]) == [1, 2, 3]
    assert end is None


async def test_a_time_keeps_its_microseconds(garden):
    async with garden.transaction() as db:
        for n in range(4):
            db.add(Plant(name="x", height=n, seen_at=START + timedelta(microseconds=n)))
    by = (Plant.seen_at, Plant.id)

    rows, cursor = await _page(garden, by=by)
    rest, _ = await _page(garden, cursor, by=by)

    assert [plant.height for plant in [*rows, *rest]] == [0, 1, 2, 3]


async def test_a_column_without_a_place_is_a_fault_of_ours(garden):
    await _grow(garden, 1, 2, 3)

    with pytest.raises(TypeError, match="float"):
        await _page(garden, by=((Plant.height * 1.5).label("x"), Plant.id))


def _cursor(*words: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(words).encode()).decode().rstrip("=")


def _words(cursor: str) -> list:
    return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))


@pytest.mark.parametrize(
    "words",
    [
        ["1", str(UUID(int=1))],
        [True, str(UUID(int=1))],
        [None, str(UUID(int=1))],
        [1 << 31, str(UUID(int=1))],
        [1, "no id"],
        [1, 1],
        [1],
        [1, str(UUID(int=1)), 1],
    ],
)
async def test_a_cursor_with_other_values_is_refused(garden, words):
    await _grow(garden, 1, 2, 3)
    _, cursor = await _page(garden)

    with pytest.raises(BadRequest):
        await _page(garden, _cursor(_words(cursor)[0], *words))


@pytest.mark.parametrize(
    ("column", "word"),
    [
        (Plant.name, "a\0b"),
        (Plant.name, "\ud800"),
        (Plant.age, 1 << 63),
        (Plant.beds, 1 << 15),
        (Plant.seen_at, "2026-05-01T00:00:00"),
        (Plant.seen_at, "0001-01-01T00:00:00+14:00"),
        (Plant.seen_at, "yesterday"),
    ],
)
async def test_a_value_the_database_would_choke_on_is_refused(garden, column, word):
    await _grow(garden, 1, 2, 3)
    by = (column, Plant.id)
    _, cursor = await _page(garden, by=by)

    with pytest.raises(BadRequest):
        await _page(garden, _cursor(_words(cursor)[0], word, str(UUID(int=1))), by=by)


@given(
    st.text(max_size=60)
    | st.binary(max_size=60).map(lambda b: base64.urlsafe_b64encode(b).decode())
)
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_whatever_somebody_makes_up_is_refused_by_name(made_up):
    with pytest.raises(BadRequest) as refused:
        _read(made_up, [column.expression for column in BY_HEIGHT], "mark")

    assert [problem.code for problem in refused.value.errors] == ["cursor"]
    assert refused.value.status == 400


async def test_a_cursor_of_other_filters_or_another_order_is_refused(garden):
    await _grow(garden, 1, 2, 3, 4)
    tall = select(Plant).where(Plant.height > 1)
    _, cursor = await _page(garden, what=tall)

    await _page(garden, cursor, what=tall)
    with pytest.raises(BadRequest):
        await _page(garden, cursor, what=select(Plant).where(Plant.height > 2))
    with pytest.raises(BadRequest):
        await _page(garden, cursor)
    with pytest.raises(BadRequest):
        await _page(garden, cursor, what=tall, descending=True)
    with pytest.raises(BadRequest):
        await _page(garden, cursor, what=tall, by=(Plant.age, Plant.id))


HEIGHTS = st.lists(st.integers(-3, 3), max_size=6)


@given(
    before=st.lists(st.integers(-3, 3), max_size=9),
    meanwhile=st.lists(HEIGHTS, max_size=4),
    limit=st.integers(1, 4),
    descending=st.booleans(),
)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
async def test_paging_under_inserts_repeats_nothing_and_skips_nothing(
    garden, before, meanwhile, limit, descending
):
    async with garden.transaction() as db:
        await db.execute(text("DELETE FROM garden.plants"))
    await _grow(garden, *before)
    async with garden.reading() as db:
        there = set((await db.scalars(select(Plant.id))).all())
    inserts = iter(meanwhile)
    seen: list[UUID] = []
    places: list[tuple[int, UUID]] = []
    cursor = None
    while True:
        rows, cursor = await _page(garden, cursor, limit=limit, descending=descending)
        assert len(rows) <= limit
        seen += [plant.id for plant in rows]
        places += [(plant.height, plant.id) for plant in rows]
        if cursor is None:
            break
        await _grow(garden, *next(inserts, []))

    assert len(seen) == len(set(seen))
    assert there <= set(seen)
    assert places == sorted(places, reverse=descending)
