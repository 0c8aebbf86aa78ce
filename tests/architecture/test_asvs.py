"""The page of OWASP ASVS is whole and names tests that exist; the threat model tells what the code does."""

import ast
import re

import pytest

from foundation.auth.lifetimes import ADMINS, MOST_SESSIONS, PEOPLE

ROW = re.compile(r"^\| ([\d.]+) \| ([123]) \| (.+?) \| (.+?) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(test_\w+)`")
REASON = re.compile(r"^\*not shown:\* \S.{10,}$")
ROWS = {"1": 37, "2": 79, "3": 16}
LEAST = {"1": 1.0, "2": 0.95, "3": 0.75}


@pytest.fixture(scope="module")
def rows(house):
    return ROW.findall((house.root / "docs" / "reference" / "asvs.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def threats(house):
    return (house.root / "docs" / "explanation" / "threat-model.md").read_text("utf-8")


def _tests(house):
    return {
        node.name
        for file in [
            *(house.root / "tests").rglob("test_*.py"),
            *(house.root / "core/foundation/testing/conformance").glob("*.py"),
        ]
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_page_has_every_row_of_each_level_once(rows):
    assert {level: sum(row[1] == level for row in rows) for level in ROWS} == ROWS
    assert len({row[0] for row in rows}) == len(rows)


def test_each_row_names_tests_that_exist_or_says_why_it_has_none(house, rows):
    known = _tests(house)
    wrong = [
        (id, name)
        for id, _, _, _, cell in rows
        for name in TEST.findall(cell) or [cell]
        if name not in known and not REASON.match(name)
    ]

    assert wrong == []


@pytest.mark.parametrize("level", LEAST)
def test_so_much_of_each_level_is_shown_by_tests(rows, level):
    here = [cell for _, found, _, _, cell in rows if found == level]
    shown = [cell for cell in here if TEST.search(cell)]

    assert len(shown) >= LEAST[level] * len(here)


def test_the_threat_model_names_each_way_in(threats):
    ways = threats.partition("## Ways in")[2].partition("\n## ")[0]
    words = ("OpenID Connect", "step-up", "API token", "admin bootstrap", "session mint")

    assert [word for word in words if word not in ways] == []


def test_the_threat_model_tells_the_lifetimes_of_the_code(threats):
    def told(row: str) -> list[str]:
        line = next(line for line in threats.splitlines() if line.startswith(f"| {row}"))
        return [cell.strip() for cell in line.strip("|").split("|")[1:]]

    days, hours = PEOPLE.absolute.days, ADMINS.absolute.total_seconds() / 3600
    assert told("at most, and since") == [f"{days} days", f"{hours:.0f} hours"]
    idle = [limit.idle.total_seconds() / 3600 for limit in (PEOPLE, ADMINS)]
    assert told("without a request") == [f"{hours:.0f} hours" for hours in idle]
    assert told("at a time")[0].startswith(f"{MOST_SESSIONS},")


def test_the_threat_model_lists_every_purpose_of_a_key(house, threats):
    purpose = re.compile(r"foundation/[a-z-]+/v\d")
    used = {
        found
        for file in house.sources()
        for found in purpose.findall(file.read_text("utf-8"))
        if "/tests/" not in str(file)
    }

    assert used
    assert {name for name in used if name not in threats} == set()
