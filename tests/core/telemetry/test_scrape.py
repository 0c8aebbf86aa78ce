"""Scrapes are built in a thread, kept for a while and never built twice at once."""

import asyncio
import threading

from foundation.telemetry.scrape import KEPT, Scrape


class Slow:
    def __init__(self):
        self.built = 0
        self.threads = set()
        self.time = 0.0

    def render(self):
        self.built += 1
        self.threads.add(threading.get_ident())
        return str(self.built).encode()


async def test_a_scrape_is_built_off_the_loop():
    slow = Slow()
    await Scrape(slow.render).text()

    assert threading.get_ident() not in slow.threads


async def test_many_scrapes_at_once_are_built_once():
    slow = Slow()
    scrape = Scrape(slow.render)
    texts = await asyncio.gather(*(scrape.text() for _ in range(20)))

    assert set(texts) == {b"1"}


async def test_a_scrape_is_built_anew_when_it_is_old():
    slow = Slow()
    scrape = Scrape(slow.render, now=lambda: slow.time)
    first = await scrape.text()
    slow.time = KEPT - 0.1
    second = await scrape.text()
    slow.time = KEPT
    third = await scrape.text()

    assert (first, second, third) == (b"1", b"1", b"2")
