"""A plugin's declared texts are read from its package, and a broken file takes nothing down."""

import json

import pytest

from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.words import words_of


@pytest.fixture
def package(tmp_path, monkeypatch):
    """A package of its own name with a folder of catalogues."""
    name = f"spoken_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name / "locales"
    folder.mkdir(parents=True)
    (tmp_path / name / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    return name, folder


def registry(name):
    return Registry((Loaded("spoken", "d", "1", State.STARTED, module=f"{name}.plugin"),))


def test_each_language_has_the_texts_of_its_file(package):
    name, folder = package
    (folder / "fr.json").write_text(json.dumps({"Projects": "Projets"}), "utf-8")
    (folder / "de.json").write_text(json.dumps({"Projects": "Projekte"}), "utf-8")

    found = words_of(registry(name))

    assert found == {"fr": {"Projects": "Projets"}, "de": {"Projects": "Projekte"}}


def test_what_is_no_catalogue_says_nothing(package):
    name, folder = package
    (folder / "fr.json").write_text("{not json", "utf-8")
    (folder / "it.json").write_text('{"Projects": 7}', "utf-8")
    (folder / "notes.txt").write_text("x", "utf-8")

    found = words_of(registry(name))

    assert found == {}


def test_a_plugin_without_a_package_or_catalogues_says_nothing():
    assert words_of(registry("no_such_package")) == {}
