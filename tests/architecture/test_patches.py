"""Tests fake the edge; they patch almost nothing."""

import re

PATCH = re.compile(r"\bmonkeypatch\.setattr\(|\bmock\.patch\b|\bmocker\.patch\b|@patch\(")
TEST = re.compile(r"^\s*(?:async )?def test_", re.MULTILINE)
MOST = 0.02


def test_there_are_at_most_two_patches_in_a_hundred_tests(house):
    texts = {
        house.name(file): file.read_text("utf-8")
        for file in house.tests()
        if file.name != "test_patches.py"
    }
    patches = {name: len(PATCH.findall(text)) for name, text in texts.items()}
    tests = sum(len(TEST.findall(text)) for text in texts.values())

    assert sum(patches.values()) <= MOST * tests, {n: c for n, c in patches.items() if c}


def test_each_way_to_patch_is_seen():
    ways = 'monkeypatch.setattr(a, "b", c)', 'mock.patch("a.b")', "mocker.patch.object(a)"

    assert all(PATCH.search(way) for way in ways)
