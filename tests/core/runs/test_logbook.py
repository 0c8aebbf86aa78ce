"""A log on its way: cut into chunks, its middle dropped when it grows too long."""

from datetime import UTC, datetime
from itertools import pairwise

from foundation.runs.journal import HEAD_BYTES, TAIL_BYTES
from foundation.runs.logbook import LogBook

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Kept:
    def __init__(self):
        self.chunks = {}

    async def keep(self, n, lines):
        self.chunks[n] = lines

    async def drop(self, n):
        del self.chunks[n]


async def test_lines_become_chunks_in_their_order():
    kept = Kept()
    book = LogBook(kept.keep, kept.drop)
    for word in ("one", "two"):
        book.add(NOW, word)
        await book.flush()
    await book.flush()

    assert {n: [line for _, line in lines] for n, lines in kept.chunks.items()} == {
        1: ["one"],
        2: ["two"],
    }


async def test_of_a_long_log_the_beginning_and_the_end_stay():
    kept = Kept()
    book = LogBook(kept.keep, kept.drop)
    for n in range(240):  # 15 MB
        for _ in range(9):
            book.add(NOW, f"{n} ".ljust(7_500, "x"))
        assert book.is_full
        await book.flush()

    numbers = sorted(kept.chunks)
    gaps = [b - a for a, b in pairwise(numbers) if b - a > 1]
    total = sum(len(line) for lines in kept.chunks.values() for _, line in lines)
    assert (numbers[0], numbers[-1], len(gaps)) == (1, 240, 1)
    assert total <= HEAD_BYTES + TAIL_BYTES


def test_short_lines_fill_a_chunk_too_by_what_is_kept_of_them():
    book = LogBook(None, None)
    for _ in range(2_200):
        book.add(NOW, "x")

    assert book.is_full


def test_a_line_without_end_is_cut_and_nul_is_replaced():
    book = LogBook(None, None)
    book.add(NOW, "a\0" + "x" * 100_000)

    ((_, line),) = book._lines
    assert line.startswith("a\N{REPLACEMENT CHARACTER}")
    assert line.endswith("[cut]")
    assert len(line) < 8_100
