"""The trail in the forms that others read."""

import csv
import io
import json
from dataclasses import replace

import pytest

from foundation.audit.events import Target
from foundation.audit.evidence import NotSealed
from foundation.audit.handout import Handout, as_csv, as_ocsf
from foundation.audit.reader import ActorEntry, Entry, TargetEntry, TrailFilter
from foundation.clock import SystemClock
from foundation.ids import uuid7

LAMP = Entry(
    id=uuid7(),
    occurred_at=SystemClock().now(),
    type="things.thing.created",
    title="Thing made",
    plugin="things",
    severity="high",
    actor=ActorEntry("user", uuid7(), "Ada"),
    target=TargetEntry("thing", "7", "=cmd()"),
    outcome="success",
    reason='a, "b"',
    request_id="r",
    detail={"a": 1},
)


@pytest.mark.parametrize("cell", ["=cmd()", "+1", "-1", "@a", "\tx", "\rx"])
def test_a_formula_is_text_in_a_spreadsheet(cell):
    entry = replace(LAMP, target=TargetEntry("thing", "7", cell))
    (row,) = csv.DictReader(io.StringIO(as_csv([entry]), newline=""))

    assert row["target"] == f"'{cell}"
    assert row["reason"] == 'a, "b"'


@pytest.mark.parametrize(
    ("type", "target", "number"),
    [
        ("accounts.signin.succeeded", None, 3002),
        ("accounts.role.granted", LAMP.target, 3005),
        ("accounts.user.disabled", LAMP.target, 3001),
        ("things.thing.created", LAMP.target, 3004),
        ("things.all.searched", None, 6003),
    ],
)
def test_an_event_has_its_class_in_ocsf(type, target, number):
    told = as_ocsf(replace(LAMP, type=type, target=target))

    assert (told["class_uid"], told["category_uid"]) == (number, number // 1000)
    assert told["metadata"]["event_code"] == type
    assert told["unmapped"]["detail"] == {"a": 1}


def test_an_event_has_its_session_and_owasps_words_in_ocsf():
    session = uuid7()
    told = as_ocsf(replace(LAMP, session=session, owasp=("authz_fail",)))

    assert told["actor"]["session"] == {"uid": str(session)}
    assert told["unmapped"]["owasp"] == ["authz_fail"]
    assert "session" not in as_ocsf(LAMP)["actor"]


async def test_what_a_filter_finds_is_handed_out_in_each_form(log):
    async with log.database.reading() as db:
        with pytest.raises(NotSealed):
            await Handout(db).write(TrailFilter(), "ndjson")
    await log.record(1, log.made())
    await log.sealed(3)
    await log.record(1)
    lamps = TrailFilter(target="thing")
    async with log.database.reading() as db:
        proved = await Handout(db).write(lamps, "ndjson")
        table = await Handout(db).write(lamps, "csv")
        ocsf = await Handout(db).write(lamps, "ocsf")

    assert (proved.events, proved.complete) == (3, False)  # the last one is not sealed yet
    assert log.judged([json.loads(line) for line in proved.content.splitlines()]).faults == []
    assert (table.events, table.complete, len(table.content.splitlines())) == (4, True, 5)
    assert (ocsf.events, len(ocsf.content.splitlines())) == (4, 4)


async def test_a_target_of_another_kind_is_not_handed_out(log):
    await log.record(
        1, log.made().__class__(log.made().type, Target("house", "1"), log.made().detail)
    )
    async with log.database.reading() as db:
        assert (await Handout(db).write(TrailFilter(target="thing"), "csv")).events == 0
