"""Receipts: what a worker logged after its commit has to be in the tree."""

from foundation.audit.proof.receipts import YOUNG_MS, Receipts, born_ms


async def written(log, made):
    found = await log.ask(
        "SELECT event_id::text, encode(leaf_hash, 'hex') FROM foundation.audit_log"
    )
    return [f'{{"level": "info", "receipts": ["{id}:{leaf}"]}}\n' for id, leaf in found]


async def test_every_receipt_has_its_leaf(log):
    made = await log.sealed(3)
    path = log.folder / "service.log"
    path.write_text("".join(["noise\n", *await written(log, made)]))

    assert log.judged(await log.exported(), receipts=[path]).faults == []


async def test_a_row_taken_with_its_place_in_the_queue_is_found_by_its_receipt(log):
    (first,) = await log.record(1)
    path = log.folder / "service.log"
    path.write_text("".join(await written(log, [first])))
    await log.forge("DELETE FROM foundation.audit_log", "DELETE FROM foundation.audit_pending")
    await log.sealed(1)

    lines = await log.exported()
    promised = Receipts()
    promised.read(path.read_text().splitlines())
    promised.newest_ms = born_ms(str(first)) + YOUNG_MS + 1
    for line in lines:
        promised.take(line)
    assert promised.left() == [f"event {first} has a receipt and no leaf"]
    assert log.judged(lines, receipts=[path]).faults == []  # too young to tell


async def test_another_leaf_than_the_receipt_says_is_found(log):
    (id,) = await log.sealed(1)
    path = log.folder / "service.log"
    path.write_text(f"{id}:{'0' * 64}\n")

    report = log.judged(await log.exported(), receipts=[path])
    assert report.faults == [f"event {id} has another leaf than its receipt"]
