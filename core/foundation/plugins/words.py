"""What plugins say in other languages: ``locales/<language>.json`` in their packages."""

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from foundation.plugins.registry import Registry

Words = Mapping[str, Mapping[str, str]]
"""The texts of each language, by the English ones."""

FOLDER = "locales"
_LARGEST = 200_000


def words_of(registry: Registry) -> Words:
    """Return the texts of every started plugin; where two say one text, the first by name holds.

    A file that cannot be read says nothing: a page in English is better than none.
    """
    found: dict[str, dict[str, str]] = {}
    for plugin in registry.started:
        for language, texts in _catalogues(plugin.module.rpartition(".")[0] or plugin.module):
            for english, text in texts.items():
                found.setdefault(language, {}).setdefault(english, text)
    return found


def _catalogues(package: str) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        folder = files(package) / FOLDER
        names = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
    except (ImportError, OSError, TypeError):
        return
    for name in names:
        language, _, suffix = name.rpartition(".")
        if suffix == "json" and language.replace("-", "").isalpha():
            yield language, _texts(folder / name)


def _texts(file: Traversable) -> dict[str, str]:
    try:
        read = json.loads(file.read_text("utf-8")[:_LARGEST])
    except (OSError, ValueError):
        return {}
    pairs = read.items() if isinstance(read, dict) else ()
    return {str(english): text for english, text in pairs if isinstance(text, str)}
