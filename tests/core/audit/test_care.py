"""Erasing and beginning anew: on purpose, with an event, and provable afterwards."""

import hashlib

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from foundation import ids
from foundation.audit.care import erase, open_epoch
from foundation.audit.evidence import Evidence
from foundation.audit.sealer import Halted
from foundation.errors import NotFound

ROW = "SELECT detail, detail_salt, actor_name, target_title, outcome FROM foundation.audit_log"


async def test_an_erasure_takes_what_may_name_a_person_and_is_told(log):
    (id,) = await log.sealed(1)

    assert await erase(log.database, log.recorder, events=[id], reason="asked for") == 1
    assert await log.ask(ROW + " WHERE event_id = :id", id=id) == [
        (None, None, "", None, "success")
    ]
    told = await log.ask("SELECT target_id FROM foundation.audit_log WHERE type LIKE 'audit.%'")
    assert told == [(str(id),)]
    assert await erase(log.database, log.recorder, events=[id], reason="again") == 0


async def test_the_trail_verifies_after_an_erasure_and_lists_it(log):
    first, _ = await log.sealed(2)
    await erase(log.database, log.recorder, events=[first], reason="asked for")
    await log.seal()

    report = await log.verdict()
    assert report.faults == []
    assert report.remarks == [f"leaf 0: the detail of {first} was erased"]


async def test_an_erasure_without_its_event_is_found(log):
    (id,) = await log.sealed(1)
    await log.forge(
        "UPDATE foundation.audit_log SET detail = NULL, detail_salt = NULL, actor_name = ''"
    )

    assert (await log.verdict()).faults == [
        f"leaf 0: the detail of {id} is gone, and no event says so"
    ]


@pytest.mark.parametrize(
    "change",
    [
        "detail = NULL, detail_salt = NULL, actor_name = '', target_title = NULL, outcome = 'x'",
        "detail = NULL",
        "detail = '{}'",
        "reason = 'x'",
    ],
)
async def test_every_other_change_is_refused_even_beside_an_event(log, change):
    await log.sealed(1)
    with pytest.raises(DBAPIError, match="is refused"):
        async with log.database.transaction() as db:
            log.recorder.record(db, log.made(), log.source())
            await db.flush()
            await db.execute(text("UPDATE foundation.audit_log SET " + change))


async def test_what_is_no_event_cannot_be_erased(log):
    with pytest.raises(NotFound):
        await erase(log.database, log.recorder, events=[ids.uuid7()], reason="x")


async def test_an_epoch_goes_on_after_a_restore_and_commits_to_the_last_note(log):
    await log.sealed(2)
    await log.sealed(1)
    await log.forge(
        "DELETE FROM foundation.audit_checkpoints WHERE tree_size = 3",
        "DELETE FROM foundation.audit_leaves WHERE leaf_index = 2",
        "DELETE FROM foundation.audit_log WHERE event_id NOT IN"
        " (SELECT event_id FROM foundation.audit_leaves)",
        "UPDATE foundation.audit_tiles SET hashes = substr(hashes, 1, 64)",
    )
    sealer = log.sealer()
    with pytest.raises(Halted):
        await sealer.seal()
    last = sealer.publisher.newest_outside()

    assert await open_epoch(sealer, reason="restored last night's backup") == 2
    await log.sealed(1)
    async with log.database.reading() as db:
        head = await Evidence(db).head(signed=True)
    assert (head.epoch, head.tree_size) == (2, 2)
    (first,) = await log.ask(
        "SELECT detail->>'former_note' FROM foundation.audit_log l JOIN foundation.audit_leaves f"
        " USING (event_id) WHERE f.epoch = 2 AND f.leaf_index = 0"
    )
    assert first == (hashlib.sha256(last.body().encode()).hexdigest(),)
    log.keep_only_the_last_note()
    assert (await log.verdict()).faults == []
