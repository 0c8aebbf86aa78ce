"""A sink that is a URL: signed batches of CloudEvents, signed as www.standardwebhooks.com says."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from foundation.audit.sinks.sink import SinkRefused
from foundation.audit.sinks.story import Batch, Told
from foundation.clock import Clock
from foundation.errors import FoundationError
from foundation.outbound.client import HttpClient, egress_to
from foundation.outbound.origin import origin_of
from foundation.secret import Secret

MEDIA = "application/cloudevents-batch+json"


@dataclass(frozen=True, slots=True)
class WebhookSink:
    """Posts to *url*; only an answer from 200 to 299 counts as taken, and no redirect is followed.

    The id of a message is that of its leaves: it is the same when the batch is told again.
    """

    name: str
    url: str
    source: str
    key: Secret
    clock: Clock
    timeout_s: float = 10.0

    async def send(self, batch: Batch) -> None:
        """Post *batch*; raises `SinkRefused`."""
        body = json.dumps([as_cloud_event(told, self.source) for told in batch.events]).encode()
        id = f"{self.source}/{batch.first}-{batch.next.leaf - 1}"
        stamp = int(self.clock.now().timestamp())
        headers = {
            "content-type": MEDIA,
            "webhook-id": id,
            "webhook-timestamp": str(stamp),
            "webhook-signature": signature(self.key, id=id, stamp=stamp, body=body),
        }
        # The operator wrote this address, so it may well lie inside the network.
        egress = egress_to([self.url], inside=[origin_of(self.url).host])
        client = HttpClient(egress, headers={}, timeout_s=self.timeout_s)
        try:
            answer = await client.request("POST", self.url, headers=headers, content=body)
        except FoundationError as refused:
            raise SinkRefused(refused.detail or refused.title) from None
        if not 200 <= answer.status < 300:
            raise SinkRefused(f"it answered {answer.status}")


def signature(key: Secret, *, id: str, stamp: int, body: bytes) -> str:
    """Return the signature over the id, the time and the body, as its header has it."""
    signed = f"{id}.{stamp}.".encode() + body
    digest = hmac.digest(key.reveal().encode(), signed, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"


def as_cloud_event(told: Told, source: str) -> dict[str, Any]:  # JSON
    """Return *told* as a CloudEvent 1.0."""
    target = told.get("target")
    event = {
        "specversion": "1.0",
        "id": told["id"],
        "source": source,
        "type": told["type"] or "absent",
        "datacontenttype": "application/json",
        "data": told,
    }
    if told.get("occurred_at"):
        event["time"] = told["occurred_at"]
    if target:
        event["subject"] = f"{target['type']}:{target['id']}"
    return event
