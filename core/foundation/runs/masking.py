"""Masking: the values an attempt was lent, taken out of all that it says.

It works on whole texts, whatever a value became in them: escaped for JSON or a URL, base64, one
line of a longer value. Lines are looked at together, so a value that was printed in pieces, or
that an encoder broke into lines, is found too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from foundation.runs.logbook import STAMP, Line
from foundation.secret import MASK, Secret
from foundation.telemetry.live import forms_of


class Mask:
    """The values to hide, in all the forms they may take."""

    def __init__(self) -> None:
        self._forms: tuple[str, ...] = ()

    @property
    def longest(self) -> int:
        """How many characters the longest form has; 0 while nothing is hidden."""
        return len(self._forms[0]) if self._forms else 0

    def hold(self, secrets: Iterable[Secret]) -> None:
        """Hide *secrets* from now on; one that is short or a common word is left alone."""
        found = set(self._forms)
        for secret in secrets:
            found |= {form.decode("utf-8", "surrogatepass") for form in forms_of(secret.reveal())}
        self._forms = tuple(sorted(found, key=len, reverse=True))

    def text(self, text: str) -> str:
        """Return *text* with stars in place of every hidden value."""
        for form in self._forms:
            if form in text:
                text = text.replace(form, MASK)
        return text

    def data(self, data: Any) -> Any:  # JSON
        """Return *data* with every text in it masked, names too."""
        if not self._forms:
            return data
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, Mapping):
            return {self.text(str(name)): self.data(value) for name, value in data.items()}
        if isinstance(data, list):
            return [self.data(value) for value in data]
        if isinstance(data, int | float) and not isinstance(data, bool):
            return MASK if str(data) in self._forms else data
        return data

    def lines(self, lines: list[str]) -> list[str]:
        """Return *lines* masked, also where a value begins in one and ends in another."""
        whole = "".join(lines)
        hidden = bytearray(len(whole))
        for form in self._forms:
            at = whole.find(form)
            while at >= 0:
                hidden[at : at + len(form)] = b"\1" * len(form)
                at = whole.find(form, at + 1)
        if not any(hidden):
            return lines
        masked, begin = [], 0
        for line in lines:
            masked.append(_masked(line, hidden[begin : begin + len(line)]))
            begin += len(line)
        return masked


class Strainer:
    """Lines on their way to the log; the last ones wait a moment for what may follow them."""

    def __init__(self, mask: Mask) -> None:
        self._mask = mask
        self._lines: list[Line] = []
        self._waited = 0
        self.size = 0

    def add(self, line: Line) -> None:
        """Take one line."""
        self._lines.append(line)
        self.size += len(line[1]) + STAMP

    def take(self, *, final: bool = False) -> list[Line]:
        """Return the lines that may go, masked.

        At the end of what came a value may have begun that the next lines go on with: so many
        lines are kept back, once, unless this is the *final* call.
        """
        texts = self._mask.lines([text for _, text in self._lines])
        lines = [(at, text) for (at, _), text in zip(self._lines, texts, strict=True)]
        kept = 0 if final else self._to_keep(texts)
        gone, self._lines = lines[: len(lines) - kept], lines[len(lines) - kept :]
        self._waited = kept
        self.size = sum(len(text) + STAMP for _, text in self._lines)
        return gone

    def _to_keep(self, texts: list[str]) -> int:
        kept = size = 0
        for text in reversed(texts[self._waited :]):
            if size >= self._mask.longest - 1:
                break
            kept, size = kept + 1, size + len(text)
        return kept


def _masked(line: str, hidden: bytearray) -> str:
    pieces, at = [], 0
    while at < len(line):
        end = at
        while end < len(line) and hidden[end] == hidden[at]:
            end += 1
        pieces.append(MASK if hidden[at] else line[at:end])
        at = end
    return "".join(pieces)
