"""Sinks as the settings name them: ``siem=syslog+tls://siem.example.org:6514``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from foundation.settings import SettingsRefused

Kind = Literal["file", "syslog", "webhook"]

KINDS: dict[str, Kind] = {
    "file": "file",
    "syslog+udp": "syslog",
    "syslog+tcp": "syslog",
    "syslog+tls": "syslog",
    "https": "webhook",
    "http": "webhook",
}
NAME = re.compile(r"^[a-z][a-z0-9_-]{0,31}$")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
SETTING = "FOUNDATION_AUDIT_SINKS"


@dataclass(frozen=True, slots=True)
class SinkAddress:
    """Where one sink is; its *name* is that of its place in the database, whatever the address."""

    name: str
    kind: Kind
    url: str

    @property
    def parts(self) -> SplitResult:
        """The address taken apart."""
        return urlsplit(self.url)


def read_addresses(words: Iterable[str]) -> list[SinkAddress]:
    """Return the sinks that *words* name; raises `SettingsRefused` with all that is wrong."""
    found, problems = list[SinkAddress](), list[str]()
    for word in words:
        try:
            found.append(_read(word))
        except ValueError as wrong:
            # The address may hold a key in its path, so only its name is told.
            problems.append(f"{SETTING}: {word.partition('=')[0][:32]}: {wrong}")
    names = [each.name for each in found]
    problems += [f"{SETTING}: {n} is there twice" for n in sorted({*names}) if names.count(n) > 1]
    if problems:
        raise SettingsRefused(problems)
    return found


def _read(word: str) -> SinkAddress:
    name, equal, url = word.partition("=")
    if not equal or not NAME.match(name):
        raise ValueError("give <name>=<url>, the name in small letters")
    parts = urlsplit(url)
    kind = KINDS.get(parts.scheme)
    if kind is None:
        raise ValueError(f"the address begins with one of {', '.join(KINDS)}")
    if kind == "file" and (parts.netloc or not parts.path.startswith("/")):
        raise ValueError("give a whole path, such as file:///var/log/foundation/audit.ndjson")
    if kind != "file" and not parts.hostname:
        raise ValueError("the address has no host")
    if kind == "syslog" and parts.port is None:
        raise ValueError("the address has no port")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("http is for loopback only; give an https address")
    return SinkAddress(name, kind, url)
