"""Live values: the secrets this process has lately had in hand, taken out of every log line.

It works on the finished bytes of a line, so it does not matter how a value got there: as it is,
escaped for JSON or a URL, inside base64, or as one line of a longer value.
"""

import base64
import json
import threading
from collections import OrderedDict
from contextvars import ContextVar
from urllib.parse import quote, quote_plus

from foundation.secret import MASK, Secret

SHORTEST = 6
MOST = 64
"""Values kept; the one not seen for longest makes room."""

COMMON = frozenset({
    "admin", "changeme", "default", "example", "foundation", "localhost", "password", "postgres",
    "public", "secret", "service", "string", "testing", "username", "version",
})  # fmt: skip
"""Words that a log needs; whoever has one for a password loses nothing more by it."""

STARS = MASK.encode()


class LiveValues:
    """The values that are known now, each in all the forms it may take in a line."""

    __slots__ = ("_forms", "_lock")

    def __init__(self) -> None:
        self._forms: OrderedDict[Secret, tuple[bytes, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def hold(self, secret: Secret) -> None:
        """Know *secret* from now on; one that is short or a common word is left out."""
        with self._lock:
            if secret in self._forms:
                self._forms.move_to_end(secret)
                return
            forms = forms_of(secret.reveal())
            if not forms:
                return
            self._forms[secret] = forms
            if len(self._forms) > MOST:
                self._forms.popitem(last=False)

    def clean(self, line: bytes) -> bytes:
        """Return *line* with stars in place of every known value."""
        for forms in tuple(self._forms.values()):
            for form in forms:
                if form in line:
                    line = line.replace(form, STARS)
        return line


def forms_of(text: str) -> tuple[bytes, ...]:
    """Return how *text* may show in a line, longest first; nothing when it is short or common."""
    parts = [text, *text.splitlines()] if "\n" in text else [text]
    forms: set[bytes] = set()
    for part in (part.strip() for part in parts):
        if len(part) >= SHORTEST and part.lower() not in COMMON:
            forms |= _written(part)
    return tuple(sorted(forms, key=len, reverse=True))


def _written(part: str) -> set[bytes]:
    raw = part.encode("utf-8", "surrogatepass")
    texts = {
        part,
        json.dumps(part)[1:-1],
        json.dumps(part, ensure_ascii=False)[1:-1],
        quote(raw, safe=""),
        quote(raw),
        quote_plus(raw),
    }
    for _ in range(2):  # a document inside a document inside a line
        texts |= {json.dumps(text)[1:-1] for text in texts}
    forms = {text.encode("utf-8", "surrogatepass") for text in texts}
    return forms | _base64(raw)


def _base64(raw: bytes) -> set[bytes]:
    """Return what base64 makes of *raw* at each of its three offsets, whatever stands around it."""
    forms = set()
    for shift in range(3):
        begin = (shift * 8 + 5) // 6  # characters that depend on what stands before
        whole = (shift + len(raw)) * 8 // 6  # those after depend on what follows
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            form = encode(bytes(shift) + raw)[begin:whole]
            if len(form) >= SHORTEST:
                forms.add(form)
    return forms


_LIVE: ContextVar[LiveValues | None] = ContextVar("foundation_live_values", default=None)


def install() -> LiveValues:
    """Make the registry of this process; called once, with the logs, before the loop starts."""
    live = LiveValues()
    _LIVE.set(live)
    return live


def hide_from_logs(secret: Secret) -> None:
    """Take *secret* out of every line this process writes; without logs it does nothing."""
    live = _LIVE.get()
    if live is not None:
        live.hold(secret)


def hidden(text: str) -> str:
    """Return *text* without the values that are known now."""
    live = _LIVE.get()
    if live is None:
        return text
    return live.clean(text.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
