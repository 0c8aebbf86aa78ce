"""S3: a server that checks each signature by itself, as Amazon describes it (Signature 4)."""

import asyncio
import hashlib
import hmac
from contextlib import asynccontextmanager

import pytest

from foundation_credentials.outside.s3 import ask

KEY_ID, KEY = "AKIACANARY", "canary/9f1c+secret"


def _signature(method: str, path: str, headers: dict[str, str], signed: list[str]) -> str:
    """Return the signature of a request, from its parts and the secret key."""
    lines = [f"{name}:{headers[name]}" for name in signed]
    payload = headers["x-amz-content-sha256"]
    canonical = "\n".join([method, path, "", *lines, "", ";".join(signed), payload])
    when = headers["x-amz-date"]
    scope = f"{when[:8]}/eu-test-1/s3/aws4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    key = f"AWS4{KEY}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    return hmac.digest(key, f"AWS4-HMAC-SHA256\n{when}\n{scope}\n{digest}".encode(), "sha256").hex()


@asynccontextmanager
async def store():
    """Serve one bucket, ``reports``, to whoever signs with the key."""

    async def serve(reader, writer):
        first, *rest = (await reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        method, path, _ = first.split()
        headers = {
            name.lower(): value.strip() for name, _, value in (h.partition(":") for h in rest if h)
        }
        proof = dict(
            part.strip().split("=", 1)
            for part in headers["authorization"].removeprefix("AWS4-HMAC-SHA256").split(",")
        )
        expected = _signature(method, path, headers, proof["SignedHeaders"].split(";"))
        known = proof["Credential"].startswith(f"{KEY_ID}/") and proof["Signature"] == expected
        status = 403 if not known else 200 if path in {"/", "/reports"} else 404
        writer.write(f"HTTP/1.1 {status} x\r\ncontent-length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield {
            "endpoint": f"http://localhost:{server.sockets[0].getsockname()[1]}",
            "region": "eu-test-1",
            "bucket": "reports",
            "access_key_id": KEY_ID,
            "secret_access_key": KEY,
        }


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, "ok"),
        ({"bucket": ""}, "ok"),
        ({"secret_access_key": "another"}, "refused"),
        ({"access_key_id": "AKIAOTHER"}, "refused"),
        ({"bucket": "nobodys"}, "refused"),
        ({"endpoint": "http://localhost:1"}, "unreachable"),
    ],
)
async def test_a_store_is_asked_with_a_signed_request(change, word):
    async with store() as place:
        assert await ask("s3", place | change, inside=("localhost",)) == word


async def test_a117_a_store_inside_this_network_is_not_asked():
    async with store() as place:
        assert await ask("s3", place, inside=()) == "not_allowed"
