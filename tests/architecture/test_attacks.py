"""Every attack of the page has a test with its id, its event, and an honest request afterwards."""

import ast
import re

import pytest

ROW = re.compile(r"^\| (A\d{3}) \| (.+) \|$", re.MULTILINE)
IDS = re.compile(r"test_((?:a\d{3}_)+)")
EVENT = re.compile(r"`([a-z]+\.[a-z]+\.[a-z]+)`")
WHY_NONE = "no event: "
HONEST = "the_next_honest_request_works"
"""The fixture, one for each kind of application, that sends a request after the test and looks."""

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


def _takes(node: ast.AST, fixture: str) -> bool:
    """Tell whether a test, or all of a module by its ``pytestmark``, takes *fixture*."""
    if isinstance(node, ast.Assign):
        marks = ast.unparse(node.targets[0]) == "pytestmark"
        return marks and f"usefixtures('{fixture}')" in ast.unparse(node.value)
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    named = [argument.arg for argument in node.args.args]
    return fixture in named or any(
        f"usefixtures('{fixture}')" in ast.unparse(mark) for mark in node.decorator_list
    )


@pytest.fixture(scope="module")
def followed(house) -> set[str]:
    """The ids of the attacks after which a test sends an honest request."""
    found: set[str] = set()
    for file in (house.root / "tests").rglob("test_*.py"):
        text = file.read_text("utf-8")
        if HONEST not in text:
            continue
        body = ast.parse(text).body
        whole = any(_takes(node, HONEST) for node in body if isinstance(node, ast.Assign))
        for node in body:
            match = IDS.match(getattr(node, "name", ""))
            if match and (whole or _takes(node, HONEST)):
                found |= {id.upper() for id in re.findall(r"a\d{3}", match[1])}
    return found


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


def test_after_each_attack_a_test_of_it_sends_an_honest_request(events, followed):
    assert events.keys() - followed == set()


def test_that_request_is_sent_after_the_test_and_its_answer_looked_at(house):
    """Each fixture of that name: behind its ``yield`` something is asked, and has to work."""
    fixtures = [
        node
        for file in (house.root / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == HONEST
    ]
    assert len(fixtures) >= 5
    for node in fixtures:
        _, _, after = ast.unparse(node).partition("yield")
        through = "with honest_afterwards(" in ast.unparse(node)
        assert through or re.search(r"assert .*(== 200|== '/')", after), ast.unparse(node)


@pytest.mark.parametrize(
    ("text", "takes"),
    [
        ("pytestmark = pytest.mark.usefixtures('honest')", True),
        ("marks = pytest.mark.usefixtures('honest')", False),
        ("@pytest.mark.usefixtures('honest')\ndef test_x(): ...", True),
        ("async def test_x(app, honest): ...", True),
        ("@pytest.mark.usefixtures('other')\ndef test_x(app): ...", False),
    ],
)
def test_each_way_to_take_a_fixture_is_seen(text, takes):
    assert _takes(ast.parse(text).body[0], "honest") is takes
