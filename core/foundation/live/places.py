"""Where a stream is: its place in each topic, written as one id that a browser sends back."""

from collections.abc import Mapping

from foundation.live.topics import is_key

MOST_TEXT = 4_000


def format_places(places: Mapping[str, str]) -> str:
    """Return *places* as one text: ``audit=1.17;runs.run:<id>=2.4``."""
    return ";".join(f"{key}={place}" for key, place in sorted(places.items()))


def parse_places(text: str) -> dict[str, str]:
    """Return the places in *text*; what cannot be read is left out, as if nothing was known."""
    found: dict[str, str] = {}
    if len(text) > MOST_TEXT:
        return found
    for part in text.split(";"):
        key, equals, place = part.partition("=")
        if equals and is_key(key) and len(place) <= 64 and place.isascii() and place.isprintable():
            found[key] = place
    return found
