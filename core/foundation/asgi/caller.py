"""Who calls: the client's address behind trusted proxies, and the ids of request and trace."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from foundation import ids
from foundation.asgi.messages import Scope, header

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

_REQUEST_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")  # W3C, version 00
_FORWARDING = (b"x-forwarded-for", b"forwarded", b"x-real-ip", b"via")


# Python's own is_private also says yes to ranges that are no network of anybody's.
_PRIVATE: tuple[Network, ...] = tuple(
    ip_network(word)
    for word in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),  # RFC 1122, 1918
        *("::1/128", "fc00::/7", "fe80::/10"),  # RFC 4291, 4193
    )
)


@dataclass(frozen=True, slots=True)
class Caller:
    """A request's client address and ids, as they go into the log line."""

    client: str
    request_id: str
    trace_id: str
    span_id: str


def networks(words: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that *words* name; raises `ValueError` for one that is none."""
    return tuple(ip_network(word, strict=False) for word in words)


def identify(scope: Scope, trusted: tuple[Network, ...]) -> Caller:
    """Return who calls; what a peer outside *trusted* says of others is not believed."""
    peer = _peer(scope)
    believed = peer is not None and _within(peer, trusted)
    client = _behind(scope, peer, trusted) if believed else peer
    given = header(scope, b"x-request-id") if believed else None
    known = given is not None and _REQUEST_ID.fullmatch(given)
    trace_id, span_id = _trace(header(scope, b"traceparent"))
    return Caller(
        client="" if client is None else str(client),
        request_id=given if known and given else str(ids.uuid7()),
        trace_id=trace_id,
        span_id=span_id,
    )


def is_private(scope: Scope) -> bool:
    """Tell whether the peer is on a private network and spoke directly, through no proxy."""
    peer = _peer(scope)
    if peer is None or not _within(peer, _PRIVATE):
        return False
    return not any(key in _FORWARDING for key, _ in scope["headers"])


def _peer(scope: Scope) -> Address | None:
    client = scope.get("client")
    return _address(client[0]) if client else None


@lru_cache(maxsize=1024)  # one proxy, and whoever asks at present
def _address(text: str) -> Address | None:
    """Read an address as proxies write it: with a port, in brackets, mapped into IPv6."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _within(address: Address, trusted: tuple[Network, ...]) -> bool:
    return any(address in network for network in trusted)


def _behind(scope: Scope, peer: Address | None, trusted: tuple[Network, ...]) -> Address | None:
    """Return the right-most address that no trusted proxy has: the left ones can be forged."""
    values = [value for key, value in scope["headers"] if key == b"x-forwarded-for"]
    client = peer
    for hop in reversed(b",".join(values).decode("latin-1").split(",")):
        address = _address(hop)
        if address is None:
            return client
        client = address
        if not _within(address, trusted):
            return client
    return client


def _trace(given: str | None) -> tuple[str, str]:
    found = _TRACEPARENT.fullmatch(given) if given else None
    span = ids.uuid7().hex[16:]
    if found and found[1].strip("0") and found[2].strip("0"):
        return found[1], span
    return ids.uuid7().hex, span
