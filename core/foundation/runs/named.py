"""Named: which credentials the parameters of a run and the settings of its plugin speak of.

A handler gets those and no others, so that whoever reads the parameters of a run knows what it
could have used.
"""

from collections.abc import Iterator, Mapping
from typing import Any

_MARK = "${cred:"


def names(document: Any, name: str) -> bool:  # JSON
    """Tell whether *document* names the credential *name*: as a text or in a reference."""
    if isinstance(document, Mapping):
        return any(names(value, name) for value in document.values())
    if isinstance(document, list):
        return any(names(value, name) for value in document)
    if not isinstance(document, str):
        return False
    return document == name or document.startswith(f"{_MARK}{name}.")


def within(asked: Any, *allowed: Any) -> bool:  # JSON
    """Tell whether every reference in *asked* is one that the *allowed* documents hold too."""
    known = [found for document in allowed for found in references(document)]
    return all(found in known for found in references(asked))


def references(document: Any) -> Iterator[Any]:  # JSON
    """Give each part of *document* that stands for a value of a credential, or means to."""
    if isinstance(document, Mapping):
        if "$cred" in document:
            yield document
            return
        for value in document.values():
            yield from references(value)
    elif isinstance(document, list):
        for value in document:
            yield from references(value)
    elif isinstance(document, str) and _MARK in document:
        yield document
