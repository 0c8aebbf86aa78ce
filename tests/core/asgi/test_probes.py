"""Probes: alive, ready, metrics, and who may ask."""

import json
from dataclasses import dataclass

import pytest


@dataclass
class Away:
    name: str = "database"
    ok: bool = False
    detail: str = "connection refused"
    required: bool = True


@dataclass
class Optional(Away):
    name: str = "sign-in"
    required: bool = False


PUBLIC = {"client": ("203.0.113.9", 4000)}
FORWARDED = {"headers": (("x-forwarded-for", "10.0.0.1"),)}
TOKEN = {"headers": (("authorization", "Bearer metrics-token"),)}


async def test_a_worker_that_turns_is_alive(client):
    assert (await client().ask("/healthz", **PUBLIC)).body == b"ok\n"


async def test_a_worker_whose_loop_is_stuck_is_not_alive(client):
    assert (await client(lag=6.0).ask("/healthz")).status == 503


async def test_ready_names_every_part(client):
    answer = await client().ask("/readyz")

    assert answer.status == 200
    assert json.loads(answer.body) == {
        "ready": True,
        "draining": False,
        "parts": [{"name": "database", "ok": True, "required": True, "detail": ""}],
    }


async def test_a_missing_part_is_named(client):
    answer = await client(parts=(Away(),)).ask("/readyz")

    assert answer.status == 503
    assert json.loads(answer.body)["parts"][0]["detail"] == "connection refused"


async def test_a_part_that_is_not_required_does_not_decide(client):
    assert (await client(parts=(Optional(),)).ask("/readyz")).status == 200


async def test_a_draining_worker_is_not_ready(client):
    answer = await client(draining=True).ask("/readyz")

    assert answer.status == 503
    assert json.loads(answer.body)["draining"] is True


async def test_metrics_have_the_exact_content_type(client):
    answer = await client().ask("/metrics")

    assert answer.body == b"a_metric 1.0\n"
    assert answer.headers["content-type"] == "text/plain; version=1.0.0; charset=utf-8"


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
@pytest.mark.parametrize("asking", [PUBLIC, FORWARDED, {"headers": (("via", "1.1 caddy"),)}])
async def test_strangers_and_whoever_comes_through_a_proxy_find_nothing(client, path, asking):
    answer = await client().ask(path, **asking)

    assert answer.status == 404
    assert json.loads(answer.body)["code"] == "not_found"


async def test_the_token_opens_metrics_from_anywhere(client):
    assert (await client().ask("/metrics", **PUBLIC, **TOKEN)).status == 200


@pytest.mark.parametrize("value", ["Bearer wrong", "metrics-token", "Bearer ", "Bearer mötrics"])
async def test_another_token_does_not(client, value):
    answer = await client().ask("/metrics", **PUBLIC, headers=(("authorization", value),))

    assert answer.status == 404


@pytest.mark.parametrize("path", ["//metrics", "/metrics/", "/%6detrics", "/METRICS"])
async def test_other_spellings_go_to_the_application(client, path):
    assert (await client().ask(path)).body == b"hello"


async def test_a_probe_is_asked_with_get(client):
    assert (await client().ask("/metrics", method="POST")).body == b"hello"
