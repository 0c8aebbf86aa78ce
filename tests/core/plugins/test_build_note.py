"""The note of a page's build is read whole, or said to be wrong; a page by hand has none."""

import json

import pytest

from foundation.plugins.build_note import BuildNote, read_build_note


def test_a_page_by_hand_has_an_empty_note(tmp_path):
    assert read_build_note(tmp_path) == (BuildNote(), [])


def test_a_note_names_files_imports_and_ranges(tmp_path):
    written = {"uiApi": 1, "modules": ["main.js"], "imports": ["react"], "shared": {"react": "^19"}}
    (tmp_path / "ui.json").write_text(json.dumps(written))

    note, problems = read_build_note(tmp_path)

    assert problems == []
    assert (note.ui_api, note.modules, note.imports) == (1, ["main.js"], ["react"])


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"modules": [1]}', '{"shared": {"react": 19}}', "\x00"]
)
def test_a_note_that_cannot_be_read_is_said(tmp_path, text):
    (tmp_path / "ui.json").write_text(text)

    note, problems = read_build_note(tmp_path)

    assert note == BuildNote()
    assert problems[0].startswith("ui.json cannot be read: ")
