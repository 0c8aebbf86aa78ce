"""An HTTP client that goes only where it may: each request, redirects included, is held to it.

The name is resolved once, the address is checked, and the connection goes to that address: a
name that changes between check and use gains nothing.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import httpx2

from foundation import tls
from foundation.errors import Unavailable
from foundation.outbound.origin import (
    EgressRefused,
    Origin,
    is_inside,
    origin_of,
    plain_host,
    require_origin,
)

MOST_BYTES = 5_000_000
MOST_HOPS = 5

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""From a host and a port to addresses, in the order they should be tried."""


class Unreached(Unavailable):
    """The remote did not answer; why is not told, because its words may hold a secret."""

    code, title = "remote_unreached", "The remote did not answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the remote said; it may echo a secret, so it is not printed."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


async def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of *host* as the system knows them."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise Unreached("the host's name is not known") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Egress:
    """Where requests may go: *allowed* origins; *inside* hosts may have private addresses."""

    allowed: frozenset[Origin]
    inside: frozenset[str] = frozenset()
    resolve: Resolve = resolve

    async def address(self, url: str) -> str:
        """Return the address to connect to for *url*; raises `EgressRefused`, `Unreached`."""
        origin = require_origin(url, self.allowed)
        addresses = await self.resolve(origin.host, origin.port)
        if not addresses:
            raise Unreached("the host has no address")
        if origin.host not in self.inside and any(map(is_inside, addresses)):
            raise EgressRefused(f"{origin.host} lies inside this network, which is not allowed")
        return addresses[0]


class HttpClient:
    """Sends requests that carry a credential; *headers* are added to each."""

    def __init__(
        self, egress: Egress, *, headers: Mapping[str, str], timeout_s: float = 20.0
    ) -> None:
        self._egress = egress
        self._headers = dict(headers)
        self._timeout_s = timeout_s

    def __repr__(self) -> str:
        return f"HttpClient(allowed={sorted(map(str, self._egress.allowed))})"

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        follow: bool = False,
    ) -> Answer:
        """Send one request and return the answer; with *follow*, GET redirects are followed.

        Raises `EgressRefused` before anything is sent, and `Unreached`.
        """
        for _ in range(MOST_HOPS):
            answer = await self._send(method, url, headers or {}, content)
            target = answer.headers.get("location", "")
            if not (follow and method == "GET" and 300 <= answer.status < 400 and target):
                return answer
            url = str(httpx2.URL(url).join(target))
        raise Unreached("the remote redirects without an end")

    async def _send(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None
    ) -> Answer:
        address = await self._egress.address(url)
        asked = httpx2.URL(url)
        there = asked.copy_with(host=f"[{address}]" if ":" in address else address)
        # The name stays in Host and in TLS; only the connection goes to the checked address.
        sent = {**headers, **self._headers, "host": asked.netloc.decode("ascii")}
        async with httpx2.AsyncClient(
            verify=tls.bounded(httpx2.create_ssl_context(trust_env=False)),
            trust_env=False,
            follow_redirects=False,
            timeout=self._timeout_s,
        ) as client:
            request = client.build_request(
                method, there, headers=sent, content=content,
                extensions={"sni_hostname": asked.host},
            )  # fmt: skip
            try:
                async with asyncio.timeout(self._timeout_s):
                    answer = await client.send(request, stream=True)
                    body = await _limited(answer)
            except (httpx2.HTTPError, TimeoutError, OSError):
                raise Unreached("the remote did not answer") from None
        return Answer(answer.status_code, dict(answer.headers), body)


async def _limited(answer: httpx2.Response) -> bytes:
    body = bytearray()
    async for part in answer.aiter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            await answer.aclose()
            raise Unreached(f"the answer is over {MOST_BYTES} bytes")
    await answer.aclose()
    return bytes(body)


def egress_to(urls: Collection[str], *, inside: Collection[str] = ()) -> Egress:
    """Return an egress to the origins of *urls*; *inside* names hosts of this network."""
    return Egress(frozenset(map(origin_of, urls)), frozenset(map(plain_host, inside)))
