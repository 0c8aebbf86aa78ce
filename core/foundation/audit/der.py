"""As much of DER (X.690) as a time stamp needs: a request is written, an answer is taken apart."""

from collections.abc import Iterator

INTEGER, OCTETS, NULL, OID, SEQUENCE, BOOLEAN = 0x02, 0x04, 0x05, 0x06, 0x30, 0x01

Node = tuple[int, bytes]
"""A tag and its content."""


class NotDer(ValueError):
    """These bytes are not DER, or not of the shape that was asked for."""


def der(tag: int, *parts: bytes) -> bytes:
    """Return *parts*, one after another, under *tag*."""
    content = b"".join(parts)
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + content


def der_integer(value: int) -> bytes:
    """Return a whole number that is not negative."""
    return der(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def nodes(raw: bytes) -> Iterator[Node]:
    """Give what stands one after another in *raw*; raises `NotDer`."""
    at = 0
    while at < len(raw):
        try:
            tag, length, at = raw[at], raw[at + 1], at + 2
            if length & 0x80:
                count = length & 0x7F
                length, at = int.from_bytes(raw[at : at + count], "big"), at + count
        except IndexError:
            raise NotDer("it is cut short") from None
        if at + length > len(raw):
            raise NotDer("it is cut short")
        yield tag, raw[at : at + length]
        at += length


def inside(raw: bytes, *path: int) -> bytes:
    """Return the content at *path*: the place among its neighbours, level by level."""
    for place in path:
        found = list(nodes(raw))
        if place >= len(found):
            raise NotDer("a part is missing")
        raw = found[place][1]
    return raw
