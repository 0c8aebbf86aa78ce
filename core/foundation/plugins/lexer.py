"""Which modules a piece of JavaScript imports, read past comments and strings.

Only for pages written by hand: a built page lists its imports in ``ui.json``. A search for the
word "import" alone would stop at a comment (grafana#88739), so the text is read token by token.
"""

import re

_TOKEN = re.compile(
    r"""
      (?P<comment>//[^\n]*|/\*.*?\*/)
    | (?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)
    | (?P<word>[A-Za-z_$][\w$]*)
    | (?P<mark>[^\s\w])
    """,
    re.VERBOSE | re.DOTALL,
)


def imports_of(source: str) -> set[str]:
    """Return the specifiers of all static imports, re-exports and literal dynamic imports.

    A regular expression literal holding a quote may hide what follows on its line; the browser
    then says what this did not.
    """
    tokens = [
        (match.lastgroup or "", match.group())
        for match in _TOKEN.finditer(source)
        if match.lastgroup != "comment"
    ]
    found = set()
    for index, (kind, text) in enumerate(tokens):
        if kind == "text" and _is_imported(tokens, index):
            found.add(text[1:-1])
    return found


def _is_imported(tokens: list[tuple[str, str]], index: int) -> bool:
    before = [text for _, text in tokens[max(0, index - 3) : index]]
    if before[-1:] in (["import"], ["from"]):
        return before[-2:-1] != ["."]
    after = tokens[index + 1][1] if index + 1 < len(tokens) else ""
    is_call = before[-2:] == ["import", "("] and after in {")", ","}
    return is_call and before[:1] != ["."]
