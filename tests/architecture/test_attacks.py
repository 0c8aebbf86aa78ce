"""Every attack of the page is tried by a test that carries its id, which asks for its event."""

import ast
import re

import pytest

ROW = re.compile(r"^\| (A\d{3}) \| (.+) \|$", re.MULTILINE)
IDS = re.compile(r"test_((?:a\d{3}_)+)")
EVENT = re.compile(r"`([a-z]+\.[a-z]+\.[a-z]+)`")
WHY_NONE = "no event: "
TOLD = (
    "OIDC sign-in", "Back-channel logout", "Sessions and cookies", "CSRF and browser",
    "Authorisation, users, tokens", "HTTP and input",
)  # fmt: skip
"""Where a row names its event, or says why there is none."""


@pytest.fixture(scope="module")
def page(house) -> str:
    return (house.root / "docs" / "reference" / "attacks.md").read_text("utf-8")


@pytest.fixture(scope="module")
def rows(page) -> dict[str, str]:
    found = ROW.findall(page)
    assert len({id for id, _ in found}) == len(found)
    return dict(found)


@pytest.fixture(scope="module")
def events(page) -> dict[str, str]:
    """The last cell of each row of the groups that have events."""
    parts = [part for part in page.split("\n## ") if part.startswith(TOLD)]
    assert len(parts) == len(TOLD)
    return {id: cells.rpartition(" | ")[2] for part in parts for id, cells in ROW.findall(part)}


@pytest.fixture(scope="module")
def tried(house) -> dict[str, str]:
    """What the tests of each id say, with the helpers and words of their files."""
    said: dict[str, str] = {}
    for file in (house.root / "tests").rglob("test_*.py"):
        text = file.read_text("utf-8")
        if not IDS.search(text):
            continue
        body = ast.parse(text).body
        others = [
            ast.unparse(node) for node in body if not getattr(node, "name", "").startswith("test_")
        ]
        for node in body:
            match = IDS.match(getattr(node, "name", ""))
            for id in re.findall(r"a\d{3}", match[1] if match else ""):
                said[id.upper()] = "\n".join([said.get(id.upper(), ""), ast.unparse(node), *others])
    return said


def test_every_attack_is_tried(rows, tried):
    assert rows.keys() - tried.keys() == set()


def test_no_test_carries_an_id_that_the_page_does_not_explain(rows, tried):
    assert tried.keys() - rows.keys() == set()
    assert len(rows) > 90


def test_a_row_names_its_event_or_says_why_there_is_none(events):
    silent = {
        id
        for id, told in events.items()
        if not EVENT.search(told) and not re.fullmatch(WHY_NONE + ".{10,}", told)
    }

    assert silent == set()
    assert len(events) > 60


def test_an_event_that_a_row_names_is_asked_for_by_a_test_of_that_row(events, tried):
    unasked = [
        (id, name)
        for id, told in events.items()
        for name in EVENT.findall(told)
        if name not in tried[id]
    ]

    assert unasked == []


def test_an_event_that_a_row_names_is_declared(house, events):
    declared = (house.root / "docs" / "reference" / "events.md").read_text("utf-8")

    assert [name for told in events.values() for name in EVENT.findall(told)
            if f"| `{name}` |" not in declared] == []  # fmt: skip
