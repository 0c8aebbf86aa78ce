"""An export of chosen events carries the proof of each."""

from foundation.audit import export
from foundation.audit.evidence import Evidence


async def test_chosen_events_prove_themselves(log):
    made = await log.sealed(40)
    (waiting,) = await log.record(1)
    async with log.database.reading() as db:
        head = await Evidence(db).head(signed=True)
        lines = [line async for line in export.chosen(db, head, [made[30], waiting, made[2]])]

    assert [line["kind"] for line in lines] == ["export", "event", "event", "end"]
    report = log.judged(lines)
    assert (report.events, report.faults) == (2, [])

    lines[1]["envelope"]["outcome"] = "denied"
    assert log.judged(lines).faults == [
        f"leaf 2: event {made[2]} is not in the signed log as it stands here"
    ]


async def test_a_whole_export_goes_over_many_tiles(log):
    async with log.database.transaction() as db:
        for _ in range(700):
            log.recorder.record(db, log.made(), log.source())
    await log.seal()
    async with log.database.transaction() as db:
        for _ in range(700):
            log.recorder.record(db, log.made(), log.source())
    await log.seal()
    lines = await log.exported()

    assert [line["kind"] for line in lines].count("tile") == 6
    assert log.judged(lines).events == 1_400
    assert log.judged(lines).faults == []
