"""Origins: scheme, host and port, as a request may be held to them."""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from foundation.errors import Forbidden

PORTS = {"http": 80, "https": 443}


class EgressRefused(Forbidden):
    """A request would go where its credential is not meant to go; nothing was sent."""

    code, title = "egress_refused", "This request may not go there"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request goes."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def origin_of(url: str) -> Origin:
    """Return the origin of *url*; raises `EgressRefused` for what can be read in two ways.

    User names in a URL, backslashes, spaces and control characters are how one host is made to
    look like another.
    """
    if any(letter in "\\ " or not letter.isprintable() for letter in url):
        raise EgressRefused("the address holds characters that have no place in one")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise EgressRefused("the address cannot be read") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise EgressRefused("the address is not http or https with a host")
    if "@" in parts.netloc:
        raise EgressRefused("the address names a user; the credential does that")
    return Origin(parts.scheme, plain_host(parts.hostname), port or PORTS[parts.scheme])


def plain_host(host: str) -> str:
    """Return *host* in the one form it is compared in: lower case, no final dot, ASCII."""
    bare = host.lower().removesuffix(".")
    try:
        return str(_unmapped(ipaddress.ip_address(bare)))
    except ValueError:
        pass
    try:
        return bare.encode("idna").decode("ascii") if not bare.isascii() else bare
    except UnicodeError:
        raise EgressRefused("the host is no name") from None


def require_origin(url: str, allowed: Collection[Origin]) -> Origin:
    """Return the origin of *url*; raises `EgressRefused` unless it is one of *allowed*."""
    found = origin_of(url)
    if found not in allowed:
        raise EgressRefused(f"the credential is not for {found}")
    return found


def is_inside(address: str) -> bool:
    """Tell whether *address* is this machine or a network around it, not the public internet."""
    found = _unmapped(ipaddress.ip_address(address.partition("%")[0]))
    return not found.is_global or found.is_multicast


def _unmapped(
    found: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IPv4 address that an IPv6 one stands for: ``::ffff:127.0.0.1`` is loopback."""
    if isinstance(found, ipaddress.IPv6Address):
        return found.ipv4_mapped or found.sixtofour or found
    return found
