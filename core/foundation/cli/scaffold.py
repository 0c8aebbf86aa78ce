"""A new plugin from the template in this package: plain text with ``{{ words }}`` put in.

The template needs no network, no git and no library of its own (decision 0018).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foundation.ids import uuid7
from foundation.plugins.icons import ICONS
from foundation.plugins.manifest import ID, RESERVED

TEMPLATE = Path(__file__).parent / "template"
SUFFIX = ".tmpl"

Ui = Literal["none", "plain", "react"]

LAYERS: Mapping[Ui, tuple[str, ...]] = {
    "none": ("common", "none"),
    "plain": ("common", "module", "plain"),
    "react": ("common", "module", "react"),
}
"""Which folders of the template make a plugin with a page of each kind."""

SHARED: Mapping[Ui, str] = {"none": "", "plain": "", "react": '("react", "^19"),'}

PAGE_NOTES: Mapping[Ui, str] = {
    "none": "\nIts page is data, in `pages.py`: the shell draws list, detail, forms and actions.\n",
    "plain": "\nIts page is `ui/main.js`: plain JavaScript, as it is served.\n",
    "react": (
        "\nIts page is `ui/main.js`: React without a build. For JSX let a bundler write that file, "
        "with\n`react` and `@foundation/sdk` left external: the shell shares them.\n"
    ),
}

_WORD = re.compile(r"\{\{ ([a-z_]+) \}\}")
_SECTION = re.compile(r"[a-z][a-z0-9_]{1,19}")


class CannotScaffold(Exception):
    """The plugin cannot be made as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asks for; an empty title or section is made from the id."""

    id: str
    ui: Ui = "none"
    title: str = ""
    section: str = ""
    icon: str = "box"

    def check(self) -> None:
        """Raise `CannotScaffold` for a name that no plugin, section or icon can have."""
        if not ID.fullmatch(self.id):
            raise CannotScaffold(f"{self.id!r} is no id: 2 to 20 lower-case letters, digits, _")
        if self.id in RESERVED or self.id.startswith("pg_"):
            raise CannotScaffold(f"the id {self.id!r} is reserved")
        if self.section and not _SECTION.fullmatch(self.section):
            raise CannotScaffold(f"{self.section!r} is no section: lower-case letters, digits, _")
        if self.icon not in ICONS:
            names = ", ".join(sorted(ICONS))
            raise CannotScaffold(f"there is no icon {self.icon!r}; there are {names}")
        if not re.fullmatch(r"[^\"'\\<>{}\n]{0,40}", self.title):
            raise CannotScaffold("a title has at most 40 letters, and no quotes or braces")

    @property
    def words(self) -> Mapping[str, str]:
        """What is put into the template."""
        title = self.title or self.id.replace("_", " ").capitalize()
        return {
            "id": self.id,
            "title": title,
            "dist": f"foundation-{self.id.replace('_', '-')}",
            "prefix": self.id.replace("_", "-"),
            "section": self.section or self.id,
            "icon": self.icon,
            "revision": uuid7().hex[-8:],
            "shared": SHARED[self.ui],
            "readme_ui": PAGE_NOTES[self.ui],
        }


def scaffold(wanted: Wanted, folder: Path) -> list[Path]:
    """Write a whole plugin into *folder* and return its files.

    Raises `CannotScaffold`; then nothing was written.
    """
    wanted.check()
    if folder.exists() and any(folder.iterdir()):
        raise CannotScaffold(f"{folder} is not empty")
    words = wanted.words
    made = [
        (folder / _filled(str(place), words), _filled(text, words).rstrip("\n") + "\n" * bool(text))
        for place, text in _template(wanted.ui)
    ]
    for file, text in made:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return [file for file, _ in made]


def _template(ui: Ui) -> Iterator[tuple[Path, str]]:
    """Yield each file's place in the plugin, with its words still open, and its text."""
    for layer in LAYERS[ui]:
        root = TEMPLATE / layer
        for file in sorted(root.rglob(f"*{SUFFIX}")):
            yield file.relative_to(root).with_suffix(""), file.read_text("utf-8")


def _filled(text: str, words: Mapping[str, str]) -> str:
    return _WORD.sub(lambda found: words[found[1]], text)
