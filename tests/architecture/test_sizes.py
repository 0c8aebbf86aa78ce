"""Files and functions stay small; the list of exceptions only shrinks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

FILE, FUNCTION, WEB_FILE = 300, 50, 250
TEST_FILE = 300
"""What does not fit for one source file is about two of them, or a helper's beside it."""

LONGER: dict[str, int] = {}
"""Files, or ``file:function``, over the limit, with their size now. May shrink, never grow."""

COMMENT = re.compile(r"^\s*(//|\*|/\*|\*/)")


def _functions(file: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def _web_lines(file: Path) -> int:
    lines = file.read_text("utf-8").splitlines()
    return sum(1 for line in lines if line.strip() and not COMMENT.match(line))


def _sizes(house) -> Iterator[tuple[str, int, int]]:
    tests = house.tests()
    for file in [*house.sources(), *house.scripts(), *tests]:
        most = TEST_FILE if file in tests else FILE
        yield house.name(file), len(file.read_text("utf-8").splitlines()), most
        for function, size in _functions(file):
            yield f"{house.name(file)}:{function}", size, FUNCTION
    for file in house.web():
        yield house.name(file), _web_lines(file), WEB_FILE


def test_no_file_and_no_function_is_too_long(house):
    too_long = [
        f"{name} has {size} lines, {limit} are allowed"
        for name, size, limit in _sizes(house)
        if size > LONGER.get(name, limit)
    ]

    assert too_long == []


def test_an_exception_that_is_no_longer_needed_is_taken_out(house):
    sizes = {name: (size, limit) for name, size, limit in _sizes(house)}
    stale = [
        name
        for name, allowed in LONGER.items()
        if name not in sizes or sizes[name][0] <= sizes[name][1] or sizes[name][0] < allowed
    ]

    assert stale == []


def test_a_long_function_is_seen(tmp_path):
    file = tmp_path / "long.py"
    file.write_text("def long():\n" + "    pass\n" * FUNCTION)

    assert list(_functions(file)) == [("long", FUNCTION + 1)]


def test_blank_and_comment_lines_of_a_web_file_do_not_count(tmp_path):
    file = tmp_path / "part.tsx"
    file.write_text("/** What it is.\n * More.\n */\n\n// why\nexport const a = 1;\n")

    assert _web_lines(file) == 1
