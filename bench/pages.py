"""Measures pages of a large trail: against a small one beside it, and against the clock.

Run by hand: ``python bench/pages.py [events]``, a million unless told otherwise. With 1,000,000 it
takes some 3 minutes and 2 GB of disk, with 5,000,000 some 15 and 6. Both trails lie in one server
and are looked at in turn, so a machine that slows down does so for both. Ends with 1 when a page of
the large one takes more than `LIMIT` times that of the small one, or page 1 or page 1,000 more
than `LIMIT_MS`.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from foundation.audit.reader import Trail, TrailFilter
from foundation.db.address import engine_url
from foundation.db.embedded import EmbeddedPostgres
from foundation.db.engine import Database
from foundation.db.migrate import upgrade
from foundation.secret import Secret

SMALL, LIMIT, LIMIT_MS = 10_000, 1.5, 50.0
PAGE, LOOKS, AT_ONCE = 50, 60, 50_000
FAR = 500_000
"""How deep the deep page is; in a smaller trail it is the middle."""

# Five seconds apart, so a million events are two months and five million ten.
FILL = text("""
    INSERT INTO foundation.audit_log (event_id, occurred_at, format, type, type_version, plugin,
        severity, actor_type, actor_id, actor_name, outcome, request_id, app_version, target_type,
        target_id, detail)
    SELECT gen_random_uuid(), now() - n * interval '5 s', 1,
        CASE n % 50 WHEN 0 THEN 'things.thing.eaten' ELSE 'things.thing.made' END, 1, 'things',
        'normal', 'user', md5((n % 100)::text)::uuid, 'Ada',
        CASE n % 40 WHEN 0 THEN 'denied' ELSE 'success' END,
        lpad((10000000 - n)::text, 12, '0'), '1', 'thing', (n % 150)::text,
        jsonb_build_object('before', 'lamp in the cellar', 'after', 'lamp in the attic')
    FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n
""")
AT = text("""
    SELECT occurred_at FROM foundation.audit_log
    ORDER BY occurred_at DESC, event_id DESC OFFSET :deep LIMIT 1
""")
MONTHS = text("SELECT foundation.audit_add_months((now() - :events * interval '5 s')::date, 1)")


@dataclass
class Shelf:
    """A database with so many events."""

    database: Database
    events: int

    async def fill(self) -> None:
        """Put the events in, as a superuser past the tree: their proof is not what is measured."""
        began = time.perf_counter()
        async with self.database.apart() as db:
            await db.execute(MONTHS, {"events": self.events})
            await db.execute(text("ALTER TABLE foundation.audit_log DISABLE TRIGGER mark_audited"))
            for first in range(1, self.events + 1, AT_ONCE):
                last = min(first + AT_ONCE - 1, self.events)
                await db.execute(FILL, {"first": first, "last": last})
                _tell(f"{last:>9} of {self.events} events, {time.perf_counter() - began:.0f} s")
            await db.execute(text("VACUUM (ANALYZE) foundation.audit_log"))
        _tell("")

    async def at(self, deep: int) -> datetime:
        """Return when the event happened that lies so *deep*."""
        async with self.database.apart() as db:
            found: datetime = await db.scalar(AT, {"deep": min(deep, self.events // 2)})
        return found

    async def asked(self) -> dict[str, TrailFilter]:
        """Return what is looked for, by its name: a full page in the small trail, too."""
        deep = await self.at(FAR)
        middle = f"{10_000_000 - self.events // 2:012}"
        return {
            "first page": TrailFilter(),
            "filtered by event": TrailFilter(type="things.thing.eaten"),
            "filtered by actor": TrailFilter(actor="c4ca4238-a0b9-2382-0dcc-509a6f75849b"),
            "filtered by target": TrailFilter(target="thing:77"),
            "denied only": TrailFilter(outcome="denied"),
            "one request": TrailFilter(request=middle),
            f"page {FAR:,} deep": TrailFilter(until=deep),
            "deep and filtered": TrailFilter(until=deep, type="things.thing.eaten"),
        }

    async def look(self, filter: TrailFilter, cursor: str | None = None) -> float:
        """Return how many milliseconds a page takes."""
        async with self.database.reading() as db:
            began = time.perf_counter()
            found, _ = await Trail(db).page(filter, limit=PAGE, cursor=cursor)
            took = (time.perf_counter() - began) * 1000
        assert found
        return took

    async def walk(self, pages: int) -> str | None:
        """Turn so many pages, and return the cursor of the next."""
        cursor = None
        for _ in range(pages):
            async with self.database.reading() as db:
                _, cursor = await Trail(db).page(TrailFilter(), limit=PAGE, cursor=cursor)
        return cursor


def _tell(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[2K{words}", end="", file=sys.stderr, flush=True)


async def compared(small: Shelf, large: Shelf) -> bool:
    """Print how the time of each page grows; tells whether all keep the limit."""
    kept = True
    print(f"{'':<20}{small.events:>12,}{large.events:>12,} events; ms, median of {LOOKS} looks")
    few, many = await small.asked(), await large.asked()
    for name in few:
        took: tuple[list[float], list[float]] = ([], [])
        for turn in range(LOOKS + 5):
            one, other = await small.look(few[name]), await large.look(many[name])
            if turn >= 5:  # what came first warmed up
                took[0].append(one)
                took[1].append(other)
        medians = [statistics.median(each) for each in took]
        ratio = medians[1] / medians[0]
        kept &= ratio <= LIMIT
        said = "kept" if ratio <= LIMIT else "MISSED"
        print(
            f"{name:<20}{medians[0]:12.2f}{medians[1]:12.2f}  x{ratio:.2f}  limit {LIMIT}: {said}"
        )
    return kept


async def clocked(large: Shelf) -> bool:
    """Print how long page 1 and page 1,000 take; tells whether both keep the limit."""
    kept = True
    for number in (1, min(1_000, large.events // PAGE)):
        cursor = await large.walk(number - 1)
        took = sorted([await large.look(TrailFilter(), cursor) for _ in range(LOOKS)])
        median, late = statistics.median(took), took[int(LOOKS * 0.95)]
        kept &= median <= LIMIT_MS
        said = "kept" if median <= LIMIT_MS else "MISSED"
        words = f"page {number:,} of {large.events:,} events"
        print(f"{words:<32}{median:12.2f}  p95 {late:.2f}  limit {LIMIT_MS:.0f} ms: {said}")
    return kept


async def main(url: Secret, events: int) -> bool:
    """Fill both and measure; tells whether every limit is kept."""
    first = Database(url)
    async with first.apart() as db:
        await db.execute(text("CREATE DATABASE few"))
    await first.dispose()
    beside = engine_url(url).set(drivername="postgresql", database="few")
    shelves = []
    for place, count in (
        (Secret(beside.render_as_string(hide_password=False)), SMALL),
        (url, events),
    ):
        await upgrade(place, (), say=lambda _: None)
        shelves.append(Shelf(Database(place), count))
        await shelves[-1].fill()
    kept = [await compared(*shelves), await clocked(shelves[1])]
    for shelf in shelves:
        await shelf.database.dispose()
    return all(kept)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)  # PostgreSQL may run as a user of its own
        server = EmbeddedPostgres(Path(folder) / "pg")
        try:
            count = int((sys.argv[1:] or ["1000000"])[0])
            is_kept = asyncio.run(main(server.start(lambda _: None), count))
        finally:
            server.stop()
    sys.exit(0 if is_kept else 1)
