"""Pruning a month: nothing goes before its archive is verified, and every proof holds after it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from foundation.audit import expire
from foundation.audit.archive import ArchiveRefused
from foundation.audit.care import erase
from foundation.audit.evidence import Evidence
from foundation.audit.months import months
from foundation.audit.proof.tool import verify
from foundation.audit.prune import prune

LAST_YEAR = datetime(2024, 5, 10, 12, tzinfo=UTC)


class Past:
    """A clock in a month that is long over."""

    def now(self):
        return LAST_YEAR


@pytest.fixture
async def old(log):
    """A trail with four events in 2024 and two of today, all sealed and signed."""
    async with log.database.transaction() as db:
        add = text("SELECT foundation.audit_add_month(CAST(:d AS date))")
        await db.execute(add, {"d": LAST_YEAR.date()})
    present, log.recorder = log.recorder, log.in_the_past(Past())
    log.before = await log.sealed(4)
    log.recorder = present
    log.after = await log.sealed(2)
    return log


async def pruned(log):
    async with log.database.reading() as db:
        (month,) = [each for each in await months(db) if each.name == "2024-05"]
    sealer = log.sealer()
    return await prune(sealer, month, folder=log.folder, keys=sealer.publisher.signs.verifiers)


async def test_a_month_goes_with_an_event_and_the_trail_verifies(old):
    (made,) = await pruned(old)

    assert (made.rows, made.first_leaf, made.last_leaf) == (4, 0, 3)
    (told,) = await old.ask(
        "SELECT detail FROM foundation.audit_log WHERE type = 'audit.partition.pruned'"
    )
    assert told[0]["sha256"] == made.sha256
    report = await old.verdict()
    assert (report.faults, report.remarks) == ([], ["4 rows were pruned, as the log says"])
    assert await old.ask("SELECT count(*) FROM foundation.audit_leaves") == [(7,)]


async def test_a_13_31_proofs_made_before_pruning_verify_after_it(old):
    export = old.folder / "before.ndjson"
    export.write_text("".join(json.dumps(line) + "\n" for line in await old.exported()))
    note = old.folder / "before.note"
    note.write_text(old.notes.read_text())
    async with old.database.reading() as db:
        proof = await Evidence(db).proof(old.after[0])
    await pruned(old)

    keys = [key.text() for key in old.sealer().publisher.signs.verifiers]
    assert verify(export, checkpoint=note, keys=keys).faults == []
    async with old.database.reading() as db:
        again = await Evidence(db).proof(old.after[0])
    assert proof.holds
    assert again.holds
    archived = old.folder / "audit-2024-05.e1.ndjson"
    report = verify(archived, checkpoint=archived.with_suffix(".note"), keys=keys)
    assert (report.events, report.faults) == (4, [])


async def test_a_13_33_nothing_is_detached_when_the_archive_does_not_verify(old):
    await old.forge(
        "UPDATE foundation.audit_log SET outcome = 'x' WHERE occurred_at < '2025-01-01'"
    )
    with pytest.raises(ArchiveRefused):
        await pruned(old)

    async with old.database.reading() as db:
        assert "2024-05" in [month.name for month in await months(db)]
    assert await old.ask("SELECT 1 FROM foundation.audit_log WHERE type LIKE 'audit.par%'") == []


async def test_a_row_removed_beside_a_pruning_is_found(old):
    await pruned(old)
    await old.forge(
        "UPDATE foundation.audit_leaves SET leaf_index = leaf_index",
        "DELETE FROM foundation.audit_log WHERE event_id = '" + str(old.after[0]) + "'",
    )

    assert (await old.verdict()).faults == ["leaf 4: its row was removed, and no event says so"]


async def test_a_13_26_erased_expired_and_pruned_together_verify_and_are_listed(old):
    await erase(old.database, old.recorder, events=[old.after[0]], reason="asked for")
    await old.seal()
    now = old.recorder.clock.now()
    await expire.expire(old.database, old.recorder, wanted=await expire.due(old.database, now=now))
    await old.seal()
    report = await old.verdict()
    assert report.faults == []
    assert "4 details of things.thing.made have expired, as the log says" in report.remarks

    await pruned(old)
    report = await old.verdict()
    assert report.faults == []
    assert f"leaf 4: the detail of {old.after[0]} was erased" in report.remarks
    assert "4 rows were pruned, as the log says" in report.remarks


async def test_details_that_expired_do_not_excuse_younger_ones(old):
    now = old.recorder.clock.now()
    await expire.expire(old.database, old.recorder, wanted=await expire.due(old.database, now=now))
    await old.seal()
    await old.forge(
        "UPDATE foundation.audit_log SET detail = NULL, detail_salt = NULL"
        " WHERE event_id = '" + str(old.after[1]) + "'"
    )

    assert (await old.verdict()).faults == [
        f"leaf 5: the detail of {old.after[1]} is gone, and no event says so"
    ]


async def test_a_pruning_that_is_done_again_after_an_interruption_ends_the_same(old):
    async with old.database.transaction() as db:  # told before, and then the machine went away
        detail = {"month": "2024-05", "epoch": 1, "first_leaf": 0, "last_leaf": 3, "rows": 4}
        old.recorder.record(db, old.pruned_event(**detail, sha256="x"), old.source())
    await old.seal()
    await pruned(old)

    assert (await old.verdict()).faults == []
    assert old.recorder.clock.now() - timedelta(days=400) > LAST_YEAR
