"""What every request passes between the server and the framework."""

import asyncio
import json

import pytest

from foundation.errors import Conflict
from foundation.telemetry.line import line, outlives


async def test_an_answer_carries_the_id_of_its_request(client):
    asking = client()
    answer = await asking.ask("/x")

    assert (answer.status, answer.body) == (200, b"hello")
    assert answer.headers["x-request-id"] == asking.log.request["request_id"]


async def test_an_id_of_the_applications_own_does_not_come_twice(client):
    async def app(scope, receive, send):
        headers = [(b"X-Request-Id", b"theirs")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})

    answer = await client(app).ask("/x")

    assert "X-Request-Id" not in answer.headers
    assert answer.headers["x-request-id"] != "theirs"


async def test_one_line_tells_what_happened(client):
    async def app(scope, receive, send):
        line().update(user_id="u-1", route="/api/x/{id}", plugin="x", db_ms=3.1, session="s-1")
        await send({"type": "http.response.start", "status": 201, "headers": []})
        await send({"type": "http.response.body", "body": b"four"})

    asking = client(app)
    await asking.ask("/api/x/7", method="POST", chunks=(b"{}",))
    told = asking.log.request

    assert len(asking.log.lines) == 1
    assert told["status"] == 201
    assert told["outcome"] == "ok"
    assert told["bytes_out"] == 4
    assert told["client"] == "127.0.0.1"
    assert {"user_id": "u-1", "route": "/api/x/{id}", "session": "s-1"}.items() <= told.items()
    assert {"trace_id", "span_id", "duration_ms", "db_ms", "plugin", "bytes_in"} <= set(told)


async def test_the_query_is_not_in_the_line(client):
    asking = client()
    await asking.ask("/cb", query_string=b"code=canary")

    assert "canary" not in str(asking.log.lines)


async def test_a_path_is_cut_and_kept_percent_encoded(client):
    asking = client()
    await asking.ask("/ü", raw_path=b"/%C3%BC" + b"a" * 2_000)

    assert asking.log.request["path"].startswith("/%C3%BC")
    assert len(asking.log.request["path"]) == 512


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND"])
async def test_an_odd_method_is_refused(client, method):
    answer = await client().ask("/x", method=method)

    assert answer.status == 405
    assert "GET" in answer.headers["allow"]
    assert json.loads(answer.body)["code"] == "method_not_allowed"


async def test_headers_over_16_kb_are_refused_however_many_they_are(client):
    for headers in ([("cookie", "a" * 16_400)], [(f"x-{n}", "b" * 100) for n in range(160)]):
        answer = await client().ask(headers=headers)
        assert answer.status == 431
        assert json.loads(answer.body)["code"] == "headers_too_large"

    assert (await client().ask(headers=[("cookie", "a" * 16_000)])).status == 200


async def test_another_version_of_http_is_refused(client):
    answer = await client().ask("/x", http_version="2")

    assert answer.status == 505


async def test_a_websocket_is_refused(client):
    sent = []

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message["type"])

    await client().edge({"type": "websocket", "path": "/"}, receive, send)

    assert sent == ["websocket.close"]


async def test_lifespan_goes_through(client):
    seen = []

    async def app(scope, receive, send):
        seen.append(scope["type"])

    await client(app).edge({"type": "lifespan"}, None, None)

    assert seen == ["lifespan"]


async def test_a_fault_of_ours_is_answered_without_its_text_and_told_in_a_line(client):
    async def app(scope, receive, send):
        raise RuntimeError("canary")

    asking = client(app)
    answer = await asking.ask("/x")

    assert answer.status == 500
    assert answer.headers["content-type"] == "application/problem+json; charset=utf-8"
    assert json.loads(answer.body)["request_id"] == answer.headers["x-request-id"]
    assert b"canary" not in answer.body
    assert [told["msg"] for told in asking.log.lines] == ["request_failed", "request"]
    assert asking.log.request["outcome"] == "failed"
    assert asking.log.request["level"] == "error"


async def test_an_application_that_answers_nothing_is_a_fault(client):
    async def app(scope, receive, send):
        return None

    assert (await client(app).ask("/x")).status == 500


async def test_an_error_that_comes_through_is_a_problem(client):
    async def app(scope, receive, send):
        raise Conflict("taken", slug="x")

    answer = await client(app).ask("/x")

    assert answer.status == 409
    assert json.loads(answer.body)["slug"] == "x"


async def test_a_client_that_leaves_is_told_as_gone(client):
    async def app(scope, receive, send):
        while (await receive())["type"] != "http.disconnect":
            pass

    asking = client(app)
    answer = await asking.ask("/x", stays=0)

    assert answer is None
    assert asking.log.request["status"] == 499
    assert asking.log.request["outcome"] == "client_gone"


async def test_the_sixty_fifth_unit_of_work_is_refused_and_health_still_answers(client):
    go_on = asyncio.Event()

    async def app(scope, receive, send):
        await go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})

    asking = client(app)
    slow = [asyncio.create_task(asking.ask("/slow")) for _ in range(64)]
    await asyncio.sleep(0)
    refused = await asking.ask("/one-more")
    health = await asking.ask("/healthz")
    go_on.set()
    answers = await asyncio.gather(*slow)

    assert refused.status == 503
    assert refused.headers["retry-after"] == "1"
    assert health.status == 200
    assert {answer.status for answer in answers} == {200}
    assert (await asking.ask("/again")).status == 200


async def test_work_that_outlives_its_request_keeps_its_place(client):
    go_on = asyncio.Event()

    async def app(scope, receive, send):
        outlives(asyncio.create_task(go_on.wait()))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body"})

    asking = client(app, places=1)
    first = await asking.ask("/x")
    second = await asking.ask("/x")
    go_on.set()
    await asking.gate.empty()

    assert (first.status, second.status) == (200, 503)
    assert asking.gate.taken == 0


async def test_a_cut_at_the_end_of_a_drain_is_remembered(client):
    async def app(scope, receive, send):
        await asyncio.sleep(60)

    asking = client(app, draining=True)
    task = asyncio.create_task(asking.ask("/x"))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert asking.gate.was_cut
    assert asking.gate.taken == 0
    assert asking.log.request["outcome"] == "failed"


async def test_probes_write_no_line(client):
    asking = client()
    await asking.ask("/healthz")

    assert asking.log.lines == []


async def test_a_stream_takes_no_place_at_the_gate(client):
    one = client(None, places=1)
    seen = []

    async def app(scope, receive, send):
        headers = [(b"content-type", b"text/event-stream")]
        seen.append(one.gate.taken)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        seen.append(one.gate.taken)
        await send({"type": "http.response.body", "body": b"x", "more_body": False})

    one.app = app
    one.__post_init__()
    await one.ask("/api/live")

    assert seen == [1, 0]
    assert one.gate.taken == 0
