"""What a handler asks for comes over the line alone, typed and secret."""

import asyncio
import json
from uuid import UUID

import pytest

from foundation.outbound.reach import CredentialRef
from foundation.runs.lending import (
    CredentialRefused,
    LentCredential,
    Window,
    nothing_lent,
    packed,
    refused,
    secrets_in,
)
from foundation.secret import Secret

ID = "00000000-0000-7000-8000-000000000001"
LENT = {
    "lent": {
        "ref": {"id": ID, "slug": "crm", "name": "CRM", "kind": "basic"},
        "values": {"username": Secret("ada-of-crm"), "password": Secret("hunter2")},
        "plain": ["username"],
        "urls": ["https://crm.example"],
        "inside": [],
        "headers": {"authorization": Secret("Basic abc")},
    }
}


@pytest.fixture
def window():
    """A window whose worker answers at once, as over the line."""
    asked = []

    def say(message):
        asked.append(message)
        answer = LENT if message["name"] == "crm" else refused("not_granted", "no", retryable=True)
        line = json.loads(packed(message["n"], answer))
        asyncio.get_running_loop().call_soon(shown.answered, line)

    shown = Window(say)
    return shown, asked


async def test_a_credential_comes_whole_and_is_asked_for_once(window):
    window, asked = window

    used = await window.credential("crm", purpose="load")
    again = await window.credential("crm", purpose="load")

    assert used is again
    assert isinstance(used, LentCredential)
    assert used.ref == CredentialRef(UUID(ID), "crm", "CRM", "basic")
    assert used.values == {"username": Secret("ada-of-crm"), "password": Secret("hunter2")}
    assert "hunter2" not in repr(used)
    assert "crm.example" in repr(used.http())
    assert [(one["what"], one["name"], one["purpose"]) for one in asked] == [
        ("credential", "crm", "load")
    ]


async def test_a_refusal_says_why_and_whether_to_try_again(window):
    window, _ = window

    with pytest.raises(CredentialRefused) as why:
        await window.credential("other", purpose="")
    assert (why.value.code, why.value.retryable) == ("not_granted", True)


def test_a_host_and_a_user_name_stay_readable_in_the_log():
    assert secrets_in(LENT) == [Secret("hunter2"), Secret("Basic abc")]
    assert secrets_in({"of": [Secret("a"), {"b": Secret("c")}]}) == [Secret("a"), Secret("c")]


async def test_without_a_worker_nothing_is_lent():
    with pytest.raises(CredentialRefused):
        await Window().ask("settings")
    assert (await nothing_lent(None, {}))["refused"] == "unavailable"
