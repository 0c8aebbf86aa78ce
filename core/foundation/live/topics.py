"""Topics: what a page can follow, named as the audit events that say it has changed."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from foundation.auth.permissions import Needs
from foundation.auth.principal import Principal

NAME = re.compile(r"[a-z][a-z0-9_]{1,19}(?:\.[a-z][a-z0-9_]{0,39})?")
_KEY = re.compile(NAME.pattern + r"(?::[A-Za-z0-9_-]{1,64})?")
MOST_TOPICS = 32
"""Topics of one stream."""

ALL = "*"
"""In place of an id: any of them."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a page can follow by whoever holds *needs*.

    ``feed.row`` wakes with each audit event ``feed.row.*``, and ``feed.row:<id>`` with those whose
    target has that id; there is nothing else to publish.
    """

    name: str
    needs: Needs


Known = Mapping[str, tuple[Needs, ...]]
"""Every declared topic, with what each of those who declared it asks for."""


Sees = Callable[[Principal, str, AsyncSession | None], Awaitable[bool]]
"""Tells whether the thing of a key is for somebody; without a session, within their request."""


def is_key(text: str) -> bool:
    """Tell whether *text* is a topic's name, alone or with an id behind a colon."""
    return _KEY.fullmatch(text) is not None


def name_of(key: str) -> str:
    """Return the name of the topic in *key*."""
    return key.partition(":")[0]


def known_topics(declared: Iterable[Topic]) -> Known:
    """Return the declared topics by name."""
    known: dict[str, tuple[Needs, ...]] = {}
    for topic in declared:
        known[topic.name] = (*known.get(topic.name, ()), topic.needs)
    return known


def may_follow(known: Known, key: str, principal: Principal) -> bool:
    """Tell whether *principal* may follow *key*; what nobody declared is followed by nobody."""
    return any(principal.may(needs) for needs in known.get(name_of(key), ()))
