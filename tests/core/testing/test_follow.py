"""The page that follows, for tests of plugins."""

from foundation.testing.client import Client
from foundation.testing.follow import follow


async def app(scope, receive, send):
    assert scope["query_string"] == b"topics=feed.row"
    await receive()
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for piece in (b": beat\n\nid: feed.row=1", b'\ndata: {"type":"changed"}\n\n'):
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    assert (await receive())["type"] == "http.disconnect"


async def test_it_reads_events_and_leaves():
    async with follow(Client(app), "feed.row") as page:
        assert await page.begun() == 200
        assert await page.next("changed") == {"type": "changed"}
    assert page.places == "feed.row=1"
    assert page.over.is_set()
