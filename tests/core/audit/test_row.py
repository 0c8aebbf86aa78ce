"""A row as its leaf sees it is the same when written and when read."""

from datetime import datetime, timedelta, timezone
from typing import Annotated

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from foundation import ids
from foundation.audit.events import Detail, EventType, Plain
from foundation.audit.models import AuditRow
from foundation.audit.proof.leaf import ERASABLE, detail_hash, leaf_of
from foundation.audit.record import Recorder, declared
from foundation.audit.row import LEAF_COLUMNS, envelope_of, erasable_of, spelled


class Told(Detail):
    words: Annotated[dict[str, str | int | bool | None], Plain]


TOLD = EventType("things.thing.told", "Thing told", Told)
WORDS = st.dictionaries(
    st.text(max_size=8), st.text(max_size=8) | st.integers() | st.booleans() | st.none(), max_size=4
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=WORDS, reason=st.none() | st.text(max_size=8))
async def test_what_was_hashed_when_written_is_hashed_when_read(log, words, reason):
    recorder = Recorder(declared([TOLD]), log.recorder.clock, "1", log.recorder.macs, "w")
    async with log.database.transaction() as db:
        id = recorder.record(db, TOLD(reason=reason, words=words), log.source())
    asked = select(
        *LEAF_COLUMNS,
        *(getattr(AuditRow, name) for name in ERASABLE),
        *(AuditRow.detail_salt, AuditRow.detail_hash, AuditRow.leaf_hash),
    )
    async with log.database.reading() as db:
        row = (await db.execute(asked.where(AuditRow.event_id == id))).mappings().one()

    assert detail_hash(row["detail_salt"], erasable_of(row)) == row["detail_hash"]
    assert leaf_of(envelope_of(row), row["detail_hash"]) == row["leaf_hash"]


def test_a_moment_is_spelled_in_utc_and_always_as_long():
    east = timezone(timedelta(hours=2))

    assert spelled(datetime(2026, 1, 1, 2, tzinfo=east)) == "2026-01-01T00:00:00.000000+00:00"


def test_an_id_is_spelled_as_text_and_the_rest_stays():
    id = ids.uuid7()

    assert [spelled(value) for value in (id, 1, None, "a")] == [str(id), 1, None, "a"]
