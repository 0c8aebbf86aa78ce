"""A URL as a sink: signed, and taken only when it says so."""

import base64
import hashlib
import hmac
import json

import pytest

from foundation.audit.sinks.sink import SinkRefused
from foundation.audit.sinks.story import Batch, Place
from foundation.audit.sinks.webhook import WebhookSink
from foundation.clock import SystemClock
from foundation.secret import Secret

KEY = Secret("a key of the webhooks of the trail")
TOLD = {
    "id": "i-1", "type": "things.thing.made", "occurred_at": "2026-03-01T10:00:00+00:00",
    "target": {"type": "thing", "id": "9", "title": ""}, "leaf": {"epoch": 1, "index": 7},
}  # fmt: skip
BATCH = Batch(Place(1, 7), Place(1, 8), (TOLD,))


def sink(server):
    return WebhookSink("w", f"http://127.0.0.1:{server.port}/in", "log", KEY, SystemClock())


async def test_a_batch_is_signed_over_its_id_its_time_and_its_body(receiver):
    server = await receiver()
    await sink(server).send(BATCH)

    (head,), (body,) = server.heads, server.got
    assert head["content-type"] == "application/cloudevents-batch+json"
    signed = f"{head['webhook-id']}.{head['webhook-timestamp']}.".encode() + body
    digest = hmac.new(KEY.reveal().encode(), signed, hashlib.sha256).digest()
    assert head["webhook-signature"] == "v1," + base64.b64encode(digest).decode()
    (event,) = json.loads(body)
    assert (event["id"], event["subject"], event["data"]) == ("i-1", "thing:9", TOLD)


async def test_the_same_batch_has_the_same_id(receiver):
    server = await receiver()
    await sink(server).send(BATCH)
    await sink(server).send(BATCH)

    first, second = server.heads
    assert first["webhook-id"] == second["webhook-id"] == "log/1.7-7"


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_another_answer_than_success_is_a_refusal(receiver, status):
    server = await receiver()
    server.status = status
    with pytest.raises(SinkRefused, match=f"answered {status}"):
        await sink(server).send(BATCH)


def test_the_key_is_in_no_text_of_the_sink():
    printed = repr(WebhookSink("w", "https://x.example.org", "log", KEY, SystemClock()))

    assert KEY.reveal() not in printed
