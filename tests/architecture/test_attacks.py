"""Every attack of the page of attacks is tried by a test that carries its id, and by no other id."""

import ast
import re

import pytest

ROW = re.compile(r"^\| (A\d{3}) \| (.+) \| (.+) \|$", re.MULTILINE)
IDS = re.compile(r"test_((?:a\d{3}_)+)")


@pytest.fixture(scope="module")
def rows(house) -> dict[str, str]:
    found = ROW.findall((house.root / "docs" / "reference" / "attacks.md").read_text("utf-8"))
    assert len({id for id, _, _ in found}) == len(found)
    return {id: expected for id, _, expected in found}


@pytest.fixture(scope="module")
def tried(house) -> set[str]:
    names = [
        node.name
        for file in (house.root / "tests").rglob("test_*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    ids = [match[1] for name in names if (match := IDS.match(name))]
    return {id.upper() for some in ids for id in re.findall(r"a\d{3}", some)}


def test_every_attack_is_tried(rows, tried):
    assert rows.keys() - tried == set()


def test_no_test_carries_an_id_that_the_page_does_not_explain(rows, tried):
    assert tried - rows.keys() == set()
    assert len(rows) > 90
