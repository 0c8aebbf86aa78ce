"""The page of what the plugin platform promises is whole and names tests that exist."""

import ast
import re

import pytest

from foundation.testing.conformance.run import AREAS

ROW = re.compile(r"^\| (\d+) \| (.{10,}) \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(test_\w+)`")
PROMISES = 44


@pytest.fixture(scope="module")
def page(house):
    return (house.root / "docs" / "reference" / "plugin-acceptance.md").read_text("utf-8")


def _tests(house):
    return {
        node.name
        for file in (house.root / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_every_promise_is_there_once_and_names_a_test(page):
    rows = ROW.findall(page)

    assert [int(number) for number, _, _ in rows] == list(range(1, PROMISES + 1))
    assert [number for number, _, cell in rows if not TEST.search(cell)] == []


def test_every_test_it_names_exists(house, page):
    assert set(TEST.findall(page)) - _tests(house) == set()


def test_each_area_is_run_for_every_plugin_of_this_repository(house):
    """tests/contract takes each area of the suite; its conftest takes each plugin and example."""
    folder = house.root / "tests" / "contract"
    wanted = {area: f"from foundation.testing.conformance.{area} import *" for area in AREAS}
    missing = {
        area
        for area, line in wanted.items()
        if not any(line in file.read_text("utf-8") for file in folder.glob("test_*.py"))
    }

    assert missing == set()
