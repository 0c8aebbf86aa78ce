"""What a client still sends is taken, by whoever reads, and nobody waits for it for long."""

import asyncio

from foundation.asgi import rest
from foundation.asgi.rest import Rest

MORE = {"type": "http.request", "body": b"a" * 1_048_576, "more_body": True}
LAST = {"type": "http.request", "body": b"", "more_body": False}
GONE = {"type": "http.disconnect"}


def server(*messages):
    queue = asyncio.Queue()
    for message in messages:
        queue.put_nowait(message)
    return queue


async def test_all_that_comes_is_taken():
    queue = server(MORE, MORE, LAST, GONE)
    taking = Rest(queue.get)
    await taking.taken()

    assert (taking.unread, queue.qsize()) == (False, 1)


async def test_a_client_that_is_gone_is_not_waited_for():
    taking = Rest(server(MORE, GONE).get)
    await taking.taken()

    assert not taking.unread


async def test_of_a_client_that_sends_on_a_fixed_amount_is_waited_for():
    queue = server(*[MORE] * 100)
    taking = Rest(queue.get)
    await taking.taken()

    assert rest.MOST <= (100 - queue.qsize()) * 1_048_576 < rest.MOST + 4 * 1_048_576
    taking.note(GONE)


async def test_a_client_that_says_nothing_more_is_waited_for_a_moment():
    taking = Rest(server(MORE).get)
    async with asyncio.timeout(rest.SECONDS + 60):
        await taking.taken()

    assert taking.unread
    taking.note(GONE)


async def test_what_another_reader_was_told_ends_the_reading():
    queue = server()
    taking = Rest(queue.get)
    taking.let_go()
    await asyncio.sleep(0)
    taking.note(LAST)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    queue.put_nowait(GONE)

    assert queue.get_nowait() == GONE  # nobody else has taken it
