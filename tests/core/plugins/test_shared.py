"""What the shell shares is read from its build; ranges are npm's caret or PEP 440."""

import json

import pytest

from foundation.plugins.shared import SharedMap, admits, read_shared


@pytest.fixture
def web_root(tmp_path):
    shared = {"react": {"url": "/assets/react.js", "version": "19.2.0"}}
    note = {"uiApi": {"min": 1, "max": 2}, "shared": shared}
    (tmp_path / "importmap.json").write_text(json.dumps(note))
    (tmp_path / "index.html").write_text("<html>1</html>")
    return tmp_path


def test_versions_and_majors_come_from_the_build(web_root):
    found = read_shared(web_root)

    assert (found.versions, found.ui_min, found.ui_max) == ({"react": "19.2.0"}, 1, 2)
    assert found.is_known


def test_another_build_has_another_name(web_root):
    first = read_shared(web_root).build
    (web_root / "index.html").write_text("<html>2</html>")

    assert read_shared(web_root).build != first


@pytest.mark.parametrize("text", ["", "[]", '{"uiApi": 1}'])
def test_a_spoilt_map_counts_as_none(web_root, text):
    (web_root / "importmap.json").write_text(text)

    assert read_shared(web_root) == SharedMap()


def test_without_a_web_app_nothing_is_known(tmp_path):
    assert read_shared(None) == SharedMap()
    assert not read_shared(tmp_path).is_known


@pytest.mark.parametrize(
    ("wanted", "version", "fits"),
    [
        ("^19", "19.2.0", True),
        ("^19.1", "19.0.9", False),
        ("^19", "20.0.0", False),
        ("^0.3", "0.3.9", True),
        ("^0.3", "0.4.0", False),
        (">=19,<20", "19.2.0", True),
        (">=20", "19.2.0", False),
        ("nineteen", "19.2.0", False),
        ("^x", "19.2.0", False),
        ("^19", "unknown", False),
    ],
)
def test_a_range_admits_what_it_says(wanted, version, fits):
    assert admits(wanted, version) is fits
