"""Moved: a new host asks for the secrets again, unless the values could be read anyway."""

import pytest


@pytest.mark.parametrize("field", ["host", "port"])
async def test_a111_another_host_or_port_asks_for_the_secret_again(operator, warehouse, field):
    path = f"/api/creds/{warehouse['id']}"
    answer = await operator.patch(path, {"values": {field: "1234"}}, if_match=1)

    assert answer.status == 422
    assert [(e["pointer"], e["code"]) for e in answer.json["errors"]] == [
        ("/values/password", "secret_required")
    ]


async def test_a111_with_the_secret_the_host_changes(operator, warehouse):
    values = {"values": {"host": "new.example", "password": "again"}}
    answer = await operator.patch(f"/api/creds/{warehouse['id']}", values, if_match=1)

    assert answer.json["fields"]["host"]["value"] == "new.example"


async def test_whoever_may_reveal_and_is_fresh_is_not_asked(admin, stale_admin, warehouse):
    path, body = f"/api/creds/{warehouse['id']}", {"values": {"host": "new.example"}}

    assert (await stale_admin.patch(path, body, if_match=1)).status == 422
    assert (await admin.patch(path, body, if_match=1)).status == 200


async def test_what_is_never_revealed_asks_everybody(admin, warehouse):
    path = f"/api/creds/{warehouse['id']}"
    await admin.patch(path, {"reveal": "never"}, if_match=1)

    answer = await admin.patch(path, {"values": {"host": "new.example"}}, if_match=2)

    assert answer.status == 422
