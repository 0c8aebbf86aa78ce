"""Answers of the provider are small, plain, quick and told once, or they are bad answers."""

import json

import pytest
from httpx2 import AsyncClient

from foundation.auth.oidc.wire import MOST_BYTES, BadAnswer, Once, get_json


@pytest.fixture
def fetched(lying, pool):
    async def fetched(status: int, body: bytes):
        lying.metadata.clear()
        lying.answer = lambda path: (status, "application/json", body)
        return await get_json(pool, f"{lying.issuer}/x")

    return fetched


async def test_an_object_and_its_headers_come_back(fetched) -> None:
    body, headers = await fetched(200, b'{"a": 1}')

    assert body == {"a": 1}
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"[]"),
        (200, b"canary"),
        (200, b'{"a": 1, "a": 2}'),
        (200, b'{"a": NaN}'),
        (200, b"\xff\xfe{}"),
        (200, b"[" * 100_000),
        (200, b'{"a": "' + b"x" * MOST_BYTES + b'"}'),
        (301, b"{}"),
        (404, b"{}"),
        (500, b"{}"),
    ],
)
async def test_anything_else_is_a_bad_answer_in_words_of_ours(fetched, status, body) -> None:
    with pytest.raises(BadAnswer) as bad:
        await fetched(status, body)
    assert "canary" not in str(bad.value)


async def test_a_compressed_answer_is_refused(lying, fetched) -> None:
    lying.headers["Content-Encoding"] = "gzip"

    with pytest.raises(BadAnswer, match="compressed"):
        await fetched(200, b"{}")


async def test_nobody_there_is_a_bad_answer(pool) -> None:
    with pytest.raises(BadAnswer, match="cannot be reached"):
        await get_json(pool, "http://127.0.0.1:9/x")


async def test_a_client_that_is_done_leaves_the_pool_open(lying, pool) -> None:
    for _ in range(2):
        async with AsyncClient(transport=pool) as client:
            assert (await client.get(f"{lying.issuer}/jwks")).status_code == 200


def test_a_member_given_twice_is_refused_at_any_depth() -> None:
    with pytest.raises(ValueError, match="twice"):
        json.loads('{"a": {"b": 1, "b": 2}}', cls=Once)
