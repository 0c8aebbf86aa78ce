"""Bodies are counted while they are read, and limited."""

import asyncio
import json

import pytest

from foundation.asgi.exchange import Exchange, TooSlow
from foundation.errors import TooLarge
from foundation.http.exchange import Answer
from foundation.telemetry.line import line


async def reads_all(scope, receive, send):
    taken, more = 0, True
    while more:
        message = await receive()
        taken += len(message.get("body", b""))
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(taken).encode()})


def limited(size):
    async def app(scope, receive, send):
        line()["max_body"] = size
        await reads_all(scope, receive, send)

    return app


async def test_a_body_within_the_limit_arrives_whole(client):
    asking = client(reads_all)
    answer = await asking.ask("/x", method="POST", chunks=(b"a" * 1000, b"b" * 24))

    assert answer.body == b"1024"
    assert asking.log.request["bytes_in"] == 1024


async def test_a_chunked_body_over_the_limit_is_refused_as_soon_as_it_is_over(client):
    asking = client(reads_all)
    chunks = [b"a" * 65_536] * 40
    answer = await asking.ask("/x", method="POST", chunks=chunks)

    assert answer.status == 413
    assert json.loads(answer.body)["limit"] == 1_048_576
    assert answer.headers["connection"] == "close"


async def test_what_is_still_coming_is_taken_in_before_the_connection_closes(client):
    asking = client(reads_all)
    await asking.ask("/x", method="POST", chunks=[b"a" * 65_536] * 40)

    assert asking.unread == []


async def test_it_is_taken_in_also_behind_an_answer_of_the_applications_own(client):
    async def app(scope, receive, send):
        await receive()
        await send({"type": "http.response.start", "status": 401, "headers": []})
        await send({"type": "http.response.body", "body": b"who?"})

    asking = client(app)
    answer = await asking.ask("/x", method="POST", chunks=[b"a" * 65_536] * 40)

    assert (answer.status, answer.body, asking.unread) == (401, b"who?", [])


async def test_no_more_than_a_fixed_amount_is_taken_in(client):
    asking = client(reads_all)
    await asking.ask("/x", method="POST", chunks=[b"a" * 1_048_576] * 40)

    assert len(asking.unread) > 20


async def test_an_answer_ends_although_its_client_sends_on_and_on():
    """A server waits to hand over the end of a connection behind what it has read of it."""
    server = asyncio.Queue(10)
    more = {"type": "http.request", "body": b"a" * 1_048_576, "more_body": True}

    async def sends_on():
        while True:
            await server.put(more)
            await asyncio.sleep(0)  # as a socket is read

    async def send(message):
        if message["type"] == "http.response.body" and not message["more_body"]:
            await asyncio.sleep(0.01)  # meanwhile the queue is filled to its end
            await server.put({"type": "http.disconnect"})

    exchange = Exchange(server.get, send, request_id="1", line={"max_body": 1})
    sending = asyncio.ensure_future(sends_on())
    with pytest.raises(TooLarge):
        await exchange.receive()
    async with asyncio.timeout(30):
        await exchange.answer(Answer(413, b"{}", ()))
    sending.cancel()


async def test_what_is_over_the_limit_once_the_answer_has_begun_is_dropped(client):
    async def app(scope, receive, send):
        await receive()
        await send({"type": "http.response.start", "status": 422, "headers": []})
        rest = [await receive() for _ in range(3)]
        body = b"%d" % sum(len(message["body"]) for message in rest)
        await send({"type": "http.response.body", "body": body})

    asking = client(app)
    answer = await asking.ask("/x", method="POST", chunks=[b"a" * 1_048_576] * 4)

    assert (answer.status, answer.body, asking.unread) == (422, b"0", [])


@pytest.mark.parametrize(("size", "status"), [(9, 413), (10, 200), (2_000_000, 200)])
async def test_a_route_has_its_own_limit(client, size, status):
    body = b"a" * 10 if size < 100 else b"a" * 1_500_000
    answer = await client(limited(size)).ask("/x", method="POST", chunks=(body,))

    assert answer.status == status


async def test_an_answer_that_has_begun_is_not_begun_again(client):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError

    asking = client(app)
    answer = await asking.ask("/x")

    assert answer.body == b"half"
    assert asking.log.request["outcome"] == "failed"


async def test_a_disconnect_after_the_answer_is_no_loss(client):
    async def app(scope, receive, send):
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"all"})
        await receive()

    asking = client(app)
    await asking.ask("/x", stays=0)

    assert asking.log.request["outcome"] == "ok"


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, "ok"), (303, "ok"), (404, "refused"), (503, "failed")]
)
async def test_the_outcome_follows_the_status(client, status, outcome):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body"})

    asking = client(app)
    await asking.ask("/x")

    assert asking.log.request["outcome"] == outcome


async def test_inner_code_may_say_how_it_ended(client):
    async def app(scope, receive, send):
        line()["outcome"] = "client_gone"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})

    asking = client(app)
    await asking.ask("/x")

    assert asking.log.request["outcome"] == "client_gone"


async def test_a_client_that_takes_nothing_of_a_stream_is_cut():
    async def takes_nothing(message):
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    exchange = Exchange(None, takes_nothing, request_id="1", line={})
    exchange.slow_s = 0.01
    headers = [(b"content-type", b"text/event-stream")]
    await exchange.send({"type": "http.response.start", "status": 200, "headers": headers})

    with pytest.raises(TooSlow):
        await exchange.send({"type": "http.response.body", "body": b"x", "more_body": True})
    assert (exchange.streams, exchange.outcome) == (True, "slow")


async def test_an_end_that_comes_through_a_full_queue_is_waited_for_by_nobody():
    """As hypercorn does it: what a client still sends, and the end, share one short queue."""
    queue = asyncio.Queue(10)
    for _ in range(10):
        queue.put_nowait({"type": "http.request", "body": b"a", "more_body": True})
    ended = []

    async def send(message):
        if message["type"] == "http.response.body" and not message["more_body"]:
            await queue.put({"type": "http.disconnect"})
            ended.append(message)

    exchange = Exchange(queue.get, send, request_id="r", line={})
    async with asyncio.timeout(60):
        await exchange.answer(Answer(405, b"no"))

    assert len(ended) == 1
