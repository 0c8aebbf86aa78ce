"""Talking to the provider: short, small, never redirected, never by way of a proxy setting."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from json import JSONDecoder, loads
from typing import Any

from httpx2 import (
    AsyncBaseTransport,
    AsyncByteStream,
    AsyncClient,
    AsyncHTTPTransport,
    HTTPError,
    Limits,
    Request,
    Response,
    create_ssl_context,
)

from foundation import tls

MOST_BYTES = 262_144
WITHIN_S = 5.0

Json = dict[str, Any]  # what a provider sends is checked member by member, where it is read


class BadAnswer(ValueError):
    """The provider answered something that cannot be used; the text is ours, never its own."""


class Once(JSONDecoder):
    """Reads JSON and refuses a member given twice, where the last one would win otherwise."""

    def __init__(self, **options: Any) -> None:  # those of JSONDecoder
        super().__init__(object_pairs_hook=_unique, parse_constant=_refuse, **options)


def _unique(pairs: list[tuple[str, Any]]) -> Json:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is given twice")
    return members


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


class Pool(AsyncBaseTransport):
    """The connections to the provider, shared by all clients; only `close` ends them.

    An answer over 256 KB or a compressed one (it could be a bomb) raises `BadAnswer`.
    """

    def __init__(self, inner: AsyncBaseTransport | None = None) -> None:
        self._inner = inner

    async def handle_async_request(self, request: Request) -> Response:
        """Send *request*, asking for a plain answer."""
        request.headers["Accept-Encoding"] = "identity"
        if self._inner is None:  # at the first request: what it trusts takes a while to read
            limits = Limits(max_connections=10, max_keepalive_connections=2)
            self._inner = AsyncHTTPTransport(
                verify=tls.bounded(create_ssl_context(trust_env=False)),
                trust_env=False,
                limits=limits,
            )
        response = await self._inner.handle_async_request(request)
        if response.headers.get("Content-Encoding", "identity") != "identity":
            await response.aclose()
            raise BadAnswer("the provider compressed its answer unasked")
        assert isinstance(response.stream, AsyncByteStream)
        response.stream = _Counted(response.stream)
        return response

    async def aclose(self) -> None:
        """Stay open: this is what a client calls when it is done."""

    async def close(self) -> None:
        """End all connections."""
        if self._inner is not None:
            await self._inner.aclose()


class _Counted(AsyncByteStream):
    """A body that ends with an error once it is too large."""

    def __init__(self, inner: AsyncByteStream) -> None:
        self._inner = inner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._inner:
            size += len(chunk)
            if size > MOST_BYTES:
                raise BadAnswer("the provider's answer is over 256 KB")
            yield chunk

    async def aclose(self) -> None:
        await self._inner.aclose()


async def get_json(
    pool: Pool, url: str, *, headers: Mapping[str, str] | None = None
) -> tuple[Json, Mapping[str, str]]:
    """Fetch a JSON object and the answer's headers; raises `BadAnswer`."""
    try:
        client = AsyncClient(transport=pool, timeout=WITHIN_S, trust_env=False)
        async with asyncio.timeout(WITHIN_S), client:
            response = await client.get(url, headers=headers)
    except (HTTPError, OSError, TimeoutError) as away:
        raise BadAnswer(f"the provider cannot be reached ({type(away).__name__})") from None
    if response.status_code != 200:
        raise BadAnswer(f"the provider answered {response.status_code}")
    try:
        body = loads(response.content, cls=Once)
    except (ValueError, RecursionError):
        raise BadAnswer("the provider's answer is not JSON") from None
    if not isinstance(body, dict):
        raise BadAnswer("the provider's answer is not a JSON object")
    return body, response.headers
