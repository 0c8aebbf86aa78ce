"""References: how settings and parameters name a secret instead of holding it.

``{"$cred": "crm-db", "field": "password"}``, or ``${cred:crm-db.password}`` as the whole text.
``$${`` at the start is a literal ``${``. A reference inside a longer text, or inside another, is
refused: half of a secret in the middle of a text is how secrets come to be logged.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from foundation.sdk import FieldProblem, Invalid, Secret

_MARK = "${cred:"
_WHOLE = re.compile(r"\$\{cred:([a-z0-9][a-z0-9-]{0,62})\.([A-Za-z_][A-Za-z0-9_.-]{0,63})\}")
_KEYS = frozenset({"$cred", "field"})


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference, and where in the document it stands (RFC 6901)."""

    pointer: str
    slug: str
    field: str

    def problem(self, detail: str) -> FieldProblem:
        """Return what is wrong with it; *detail* names the slug, never a value."""
        return FieldProblem(self.pointer, detail, "reference")


def find(document: Any, pointer: str = "") -> Iterator[Reference]:  # JSON
    """Give every reference in *document*; raises `Invalid` for one that cannot be read."""
    if isinstance(document, Mapping):
        if "$cred" in document:
            yield _from_object(document, pointer)
            return
        for name, value in document.items():
            yield from find(value, f"{pointer}/{_escaped(str(name))}")
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from find(value, f"{pointer}/{index}")
    elif isinstance(document, str) and _MARK in document and not document.startswith("$${"):
        whole = _WHOLE.fullmatch(document)
        if whole is None:
            raise _refused(pointer, "a reference is the whole text, as in ${cred:slug.field}")
        yield Reference(pointer, whole[1], whole[2])


def replace(
    document: Any, opened: Mapping[str, Mapping[str, Secret]], pointer: str = ""
) -> Any:  # JSON, and `Secret` in place of references
    """Return *document* with each reference replaced by its value out of *opened*."""
    if isinstance(document, Mapping):
        if "$cred" in document:
            found = _from_object(document, pointer)
            return opened[found.slug][found.field]
        return {
            name: replace(value, opened, f"{pointer}/{_escaped(str(name))}")
            for name, value in document.items()
        }
    if isinstance(document, list):
        return [replace(value, opened, f"{pointer}/{i}") for i, value in enumerate(document)]
    if isinstance(document, str):
        if document.startswith("$${"):
            return document[1:]
        for found in find(document, pointer):
            return opened[found.slug][found.field]
    return document


def _from_object(document: Mapping[str, Any], pointer: str) -> Reference:  # JSON
    slug, name = document.get("$cred"), document.get("field")
    if set(document) != _KEYS or not isinstance(slug, str) or not isinstance(name, str):
        raise _refused(pointer, 'a reference is {"$cred": slug, "field": name} and nothing else')
    if not _WHOLE.fullmatch(f"{_MARK}{slug}.{name}}}"):
        raise _refused(pointer, "a reference names a slug and a field")
    return Reference(pointer, slug, name)


def _refused(pointer: str, detail: str) -> Invalid:
    return Invalid(errors=[FieldProblem(pointer, detail, "reference")])


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
