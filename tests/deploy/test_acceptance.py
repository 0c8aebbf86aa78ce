"""The table of what operations promises is whole, and what it names exists."""

import re

import pytest

ROW = re.compile(r"^\| (\d+) \| (.{10,}?) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/.]+)` `(test_\w+)`")
BENCH = re.compile(r"measured: `(bench/\w+\.py)`")
PROMISES = 49


@pytest.fixture(scope="module")
def page(deploy) -> str:
    return (deploy.parent / "docs" / "reference" / "operations.md").read_text("utf-8")


def test_every_promise_is_there_once_and_names_what_shows_it(page):
    rows = ROW.findall(page)

    assert [int(number) for number, _, _ in rows] == list(range(1, PROMISES + 1))
    assert [n for n, _, cell in rows if not TEST.search(cell) and not BENCH.search(cell)] == []


def test_every_promise_names_a_test_that_exists(page, deploy):
    root = deploy.parent
    named = TEST.findall(page)
    missing = [
        (file, name)
        for file, name in named
        if not (root / file).is_file() or f"def {name}(" not in (root / file).read_text("utf-8")
    ]

    assert missing == []
    assert len(named) > 100
    assert [file for file in BENCH.findall(page) if not (root / file).is_file()] == []
