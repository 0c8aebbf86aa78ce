"""The archive of a month: whole, and proved by itself."""

import hashlib
import json

import pytest

from foundation.audit.archive import ArchiveRefused, archive
from foundation.audit.care import erase
from foundation.audit.months import months


async def written(log, keys=None):
    now = log.recorder.clock.now()
    async with log.database.reading() as db:
        (month,) = [each for each in await months(db) if each.start <= now < each.end]
        keys = log.sealer().publisher.signs.verifiers if keys is None else keys
        return month, await archive(db, month, folder=log.folder, keys=keys)


async def test_every_row_is_in_a_file_whose_hash_is_told(log):
    await log.sealed(3)

    month, (made,) = await written(log)
    content = (log.folder / made.file).read_bytes()
    assert (made.epoch, made.first_leaf, made.last_leaf, made.rows) == (1, 0, 2, 3)
    assert hashlib.sha256(content).hexdigest() == made.sha256
    manifest = json.loads((log.folder / f"audit-{month.name}.json").read_text())
    assert [each["sha256"] for each in manifest["files"]] == [made.sha256]


async def test_a_row_that_is_not_sealed_refuses_it(log):
    await log.sealed(1)
    await log.record(1)

    with pytest.raises(ArchiveRefused, match="1 of 2 rows"):
        await written(log)


async def test_an_altered_row_refuses_it(log):
    await log.sealed(2)
    await log.forge("UPDATE foundation.audit_log SET outcome = 'denied'")

    with pytest.raises(ArchiveRefused, match="not in the signed log"):
        await written(log)


async def test_an_erased_row_does_not(log):
    (id, _) = await log.sealed(2)
    await erase(log.database, log.recorder, events=[id], reason="asked for")
    await log.seal()

    _, (made,) = await written(log)
    assert made.rows == 3


async def test_rows_older_than_the_tree_have_a_file_of_their_own(log):
    await log.sealed(1)
    await log.forge(
        "CREATE TEMP TABLE copy AS SELECT * FROM foundation.audit_log",
        "UPDATE pg_temp.copy SET event_id = gen_random_uuid(), format = 0, leaf_hash = NULL",
        "ALTER TABLE foundation.audit_log DISABLE TRIGGER mark_audited",
        "INSERT INTO foundation.audit_log SELECT * FROM pg_temp.copy",
    )

    _, made = await written(log)
    assert [(each.epoch, each.rows) for each in made] == [(1, 1), (0, 1)]
