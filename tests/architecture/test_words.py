"""Some words have one home: a commit, the time, an id, the environment, a print."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A pattern, where it may stand (path prefixes from the root), and why nowhere else."""

    pattern: str
    homes: tuple[str, ...]
    why: str


CORE = "core/foundation/"
WORDS = (
    Word(r"\.commit\(", (f"{CORE}db/engine.py",), "only the edge commits, through db.engine"),
    Word(r"datetime\.now\(|utcnow\(", (f"{CORE}clock.py",), "only clock reads the time"),
    Word(r"\buuid[14]\(|\buuid\.uuid", (), "ids are made by foundation.ids"),
    Word(r"\btoken_(urlsafe|hex)\(", (f"{CORE}ids.py",), "tokens are made by foundation.ids"),
    Word(
        r"\bos\.(environ|getenv)\b",
        (
            f"{CORE}settings/",
            f"{CORE}supervisor/",
            f"{CORE}cli/",
            f"{CORE}asgi/",
            "scripts/",
        ),
        "only settings reads the environment; processes hand it on",
    ),
    Word(r"(?<![\w.])print\(", ("scripts/", "bench/"), "the product logs, or click echoes"),
    Word(r"\b\w+_ctx\b", (), "Quart 0.23 has other context variables"),
    Word(r"\btext\(\s*f[\"']", (), "SQL is never put together from strings"),
    Word(r"except\s*:", (), "a bare except swallows cancellation"),
    Word(r"type: ignore(?!\[[\w, -]+\]  # \S)", (), "an ignored type has a code and a reason"),
    Word(r"# noqa(?!: [A-Z0-9, ]+  # \S)", (), "a silenced rule has a code and a reason"),
    Word(r"if TYPE_CHECKING", (), "a cycle is mended, not hidden"),
    Word(r"from \S+ import \*", (), "names are imported one by one"),
    Word(r"(?i)\b(todo|fixme|xxx)\b", (), "what is to be done is an issue"),
)
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "base"}


def _strays(text: str, name: str) -> list[str]:
    return [
        f"{name}:{number}: {word.why}: {line.strip()}"
        for word in WORDS
        if not name.startswith(word.homes)
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(word.pattern, line)
    ]


def test_each_word_stands_only_in_its_home(house):
    strays = []
    for file in [*house.sources(), *house.scripts()]:
        strays += _strays(file.read_text("utf-8"), house.name(file))

    assert strays == []


def test_no_file_is_a_drawer(house):
    drawers = [
        house.name(file)
        for file in [*house.sources(), *house.web()]
        if file.stem in FORBIDDEN_NAMES or file.parent.name in FORBIDDEN_NAMES
    ]

    assert drawers == []


def test_every_file_opens_with_one_sentence_of_what_it_is_for(house):
    silent = [
        house.name(file)
        for file in [*house.sources(), *house.scripts(), *house.tests()]
        if (text := file.read_text("utf-8").strip())
        and not re.match(r'(#![^\n]*\n)?r?"""[A-Z0-9`"].*[.:]("""|\n|$)', text)
    ]

    assert silent == []


def test_every_word_is_caught_somewhere_else():
    samples = (
        "session.commit()",
        "datetime.now(UTC)",
        "uuid4()",
        "secrets.token_urlsafe(3)",
        "os.environ['A']",
        "print('x')",
        "request_ctx",
        'text(f"SELECT {x}")',
        "except:",
        "x = 1  # type: ignore",
        "x = 1  # noqa",
        "if TYPE_CHECKING:",
        "from x import *",
        "# TODO later",
    )

    assert [s for s in samples if not _strays(s, "plugins/x/foundation_x/service.py")] == []
