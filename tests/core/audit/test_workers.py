"""Three processes that record and seal at once, killed at random: one leaf each, none missing."""

import asyncio
import random
import subprocess
import sys
from pathlib import Path

WRITER = Path(__file__).with_name("writer_process.py")
EACH, KILLS = 160, 4


def start(log, url, name):
    command = [sys.executable, str(WRITER), url, str(log.folder), name, str(EACH)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


async def test_workers_killed_at_random_lose_double_and_reorder_no_event(log, core_database_url):
    url, chance = core_database_url.reveal(), random.Random(7)
    names = iter(f"w{number}" for number in range(100))
    workers = [start(log, url, next(names)) for _ in range(3)]
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(0.4, 0.9))
        victim = workers.pop(chance.randrange(len(workers)))
        victim.kill()
        victim.wait()
        workers.append(start(log, url, next(names)))
    for worker in workers:
        assert await asyncio.to_thread(worker.wait, 300) == 0
    while await log.seal():
        pass

    committed = {
        line
        for file in log.folder.glob("*.committed")
        for line in file.read_text().splitlines()
        if len(line) == 36  # the last line of a killed worker may be cut
    }
    leaves = await log.ask(
        "SELECT leaf_index, event_id::text FROM foundation.audit_leaves ORDER BY leaf_index"
    )
    rows = await log.ask("SELECT count(*) FROM foundation.audit_log")
    assert [index for index, _ in leaves] == list(range(len(leaves)))
    assert committed <= {id for _, id in leaves}
    assert rows == [(len(leaves),)]
    assert len(committed) >= 3 * EACH - 3

    report = await log.verdict()
    assert (report.events, report.faults) == (len(leaves), [])
