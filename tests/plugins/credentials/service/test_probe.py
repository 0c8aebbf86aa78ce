"""Probe: one word of a closed list, from a real server, told in the trail and never explained."""

import pytest
from sqlalchemy.engine import make_url

CANARY = "canary-9f1c-secret"


@pytest.fixture
def place(database_url):
    """The server of these tests as the parts of a credential."""
    url = make_url(database_url.reveal())
    return {
        "host": url.query.get("host") or url.host,
        "port": str(url.port or 5432),
        "database": url.database,
        "username": url.username,
        "password": url.password or CANARY,
    }


async def test_values_are_tried_before_they_are_saved_and_wrong_ones_are_named(operator, told):
    values = {"host": "127.0.0.1", "port": "1", "username": "a", "password": CANARY}

    tried = await operator.post(
        "/api/creds/test", {"kind": "postgres", "values": values | {"database": "x"}}
    )
    wrong = await operator.post("/api/creds/test", {"kind": "basic", "values": {"x": CANARY}})

    assert (tried.status, tried.json["result"], tried.json["mend"]) == (200, "unreachable", "")
    assert wrong.status == 422
    assert CANARY not in tried.text + wrong.text
    (event,) = await told("credentials.credential.tested")
    assert event["detail"] == {"kind": "postgres", "result": "unreachable"}


async def test_a118_what_is_kept_is_tested_against_the_host_that_is_kept(operator, place, told):
    new = {"slug": "w", "name": "W", "kind": "postgres", "values": place}
    made = (await operator.post("/api/creds", new)).json

    answer = await operator.post(f"/api/creds/{made['id']}/test")
    moved = await operator.put(
        f"/api/creds/{made['id']}/values", {"values": {"host": "evil.example"}}, if_match=1
    )

    assert answer.json["result"] == "ok"
    assert moved.json["errors"][0]["code"] == "secret_required"
    (event,) = await told("credentials.credential.tested")
    assert event["detail"] == {"kind": "postgres", "result": "ok"}
