"""A URL is asked with the credential, held to its own host."""

import pytest

from foundation_credentials.outside.web import ask

TOKEN = {"token": "canary-9f1c-secret"}
REPLY = b"HTTP/1.1 %d x\r\ncontent-length: 0\r\n\r\n"


@pytest.mark.parametrize(("status", "word"), [(204, "ok"), (401, "refused"), (500, "failed")])
async def test_an_answer_other_than_a_refusal_means_that_we_are_let_in(listening, status, word):
    async with listening(REPLY % status) as (port, heard):
        url = {"url": f"http://localhost:{port}/"}

        assert await ask("bearer", TOKEN | url, inside=("localhost",)) == word
    assert b"authorization: bearer canary" in heard[0].lower()


async def test_a117_a_token_is_not_sent_to_a_host_inside(listening):
    async with listening(REPLY % 200) as (port, heard):
        url = {"url": f"http://localhost:{port}/"}

        assert await ask("bearer", TOKEN | url, inside=()) == "not_allowed"
    assert heard == []


async def test_a_client_asks_for_a_token(listening):
    values = {"client_id": "ada", "client_secret": "canary"}
    async with listening(REPLY % 200) as (port, _):
        url = {"token_url": f"http://localhost:{port}/token"}

        assert await ask("oauth2_client", values | url, inside=("localhost",)) == "ok"


async def test_what_names_no_remote_cannot_be_asked():
    with pytest.raises(KeyError):
        await ask("bearer", TOKEN, inside=())
