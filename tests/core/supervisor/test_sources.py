"""Whether a Python file has changed."""

import os

from foundation.supervisor.sources import Sources, source_folders


def test_nothing_has_changed_until_something_is_written(tmp_path):
    (tmp_path / "deep").mkdir()
    file = tmp_path / "deep" / "a.py"
    file.touch()
    sources = Sources([tmp_path])

    assert not sources.changed()
    os.utime(file, (1, 1))
    assert sources.changed()
    assert not sources.changed()


def test_a_new_and_a_removed_file_count(tmp_path):
    sources = Sources([tmp_path])
    (tmp_path / "a.py").touch()
    added = sources.changed()
    (tmp_path / "a.py").unlink()

    assert added
    assert sources.changed()


def test_other_files_do_not_count(tmp_path):
    sources = Sources([tmp_path])
    (tmp_path / "a.txt").touch()

    assert not sources.changed()


def test_core_and_the_plugins_edited_in_place_are_watched():
    names = {folder.name for folder in source_folders()}

    assert {"foundation", "foundation_projects"} <= names
    assert not any("site-packages" in folder.parts for folder in source_folders())
