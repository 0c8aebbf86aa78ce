"""The whole trail in the forms that others read, piece by piece."""

import csv
import io
import json

import pytest

from foundation.audit.evidence import NotSealed
from foundation.audit.reader import TrailFilter
from foundation.audit.stretches import stretches
from foundation.audit.takeout import Takeout


async def test_the_pieces_of_a_form_are_the_whole(log):
    async with log.database.reading() as db:
        with pytest.raises(NotSealed):
            await anext(Takeout(db).pieces([TrailFilter()], "ndjson"))
        with pytest.raises(NotSealed):
            await Takeout(db).heads()
    async with log.database.transaction() as db:
        for _ in range(450):
            log.recorder.record(db, log.made(), log.source())
    await log.seal()
    async with log.database.reading() as db:
        parts = await stretches(db, TrailFilter(), at_once=100)
        assert await Takeout(db).count(parts) == 450
        pieces = {
            form: [piece async for piece in Takeout(db).pieces(parts, form)]
            for form in ("csv", "ocsf", "ndjson")
        }
        (head,) = await Takeout(db).heads()
        everything = [piece async for piece in Takeout(db).everything(head)]

    assert (head.epoch, head.tree_size) == (1, 450)

    assert sum(piece.events for piece in pieces["csv"]) == 450
    rows = list(csv.DictReader(io.StringIO("".join(piece.text for piece in pieces["csv"]))))
    assert (len(rows), len({row["id"] for row in rows})) == (450, 450)
    assert [row["occurred_at"] for row in rows] == sorted(
        (row["occurred_at"] for row in rows), reverse=True
    )
    assert "".join(piece.text for piece in pieces["ocsf"]).count("\n") == 450
    for told in (pieces["ndjson"], everything):
        lines = [json.loads(line) for piece in told for line in piece.text.splitlines()]
        assert sum(piece.events for piece in told) == 450
        assert log.judged(lines).faults == []


async def test_nothing_at_all_is_a_table_with_its_head(log):
    async with log.database.reading() as db:
        parts = await Takeout(db).stretches(TrailFilter())
        (piece,) = [piece async for piece in Takeout(db).pieces(parts, "csv")]

    assert (parts, piece.events) == ([], 0)
    assert piece.text.startswith("occurred_at,type,")


async def test_what_waits_for_its_proof_is_waited_for(log):
    async with log.database.reading() as db:
        assert await Takeout(db).settled(within_s=0)
        await log.record(1)
        assert not await Takeout(db).settled(within_s=0.3)
        sealer = log.sealer()
        await sealer.seal()
        assert not await Takeout(db).settled(within_s=0)  # its head is not signed
        await sealer.publisher.publish()
        assert await Takeout(db).settled(within_s=0)
