"""The template of a plugin: what is asked for is put in, and what cannot be is refused."""

import ast

import pytest

from foundation.cli.scaffold import CannotScaffold, Wanted, scaffold


@pytest.mark.parametrize("ui", ["none", "plain", "react"])
def test_every_file_is_whole_and_no_word_is_left_open(ui, tmp_path):
    files = scaffold(Wanted("hello_react2", ui=ui), tmp_path / "made")

    for file in files:
        text = file.read_text("utf-8")
        assert "{{" not in text, file
        assert "{{" not in str(file)
        assert not text or text.endswith("\n")
        if file.suffix == ".py":
            ast.parse(text)


def test_title_section_and_icon_are_as_asked(tmp_path):
    scaffold(Wanted("etl2", title="Loads", section="etl", icon="workflow"), tmp_path / "etl2")

    text = (tmp_path / "etl2" / "foundation_etl2" / "plugin.py").read_text("utf-8")
    assert 'section="etl"' in text
    assert 'title="Loads"' in text
    assert 'icon="workflow"' in text


def test_without_a_title_it_is_made_from_the_id():
    assert Wanted("stock_room").words["title"] == "Stock room"
    assert Wanted("stock_room").words["prefix"] == "stock-room"


def test_two_plugins_have_revisions_of_different_names():
    assert Wanted("a1").words["revision"] != Wanted("a1").words["revision"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted("Stock"), "is no id"),
        (Wanted("x"), "is no id"),
        (Wanted("users"), "reserved"),
        (Wanted("pg_stock"), "reserved"),
        (Wanted("stock", section="My Section"), "is no section"),
        (Wanted("stock", icon="unicorn"), "there is no icon 'unicorn'; there are activity"),
        (Wanted("stock", title='a "b"'), "no quotes"),
        (Wanted("stock", title="x" * 41), "at most 40"),
    ],
)
def test_what_no_plugin_can_have_is_refused_before_anything_is_written(wanted, words, tmp_path):
    with pytest.raises(CannotScaffold, match=words):
        scaffold(wanted, tmp_path / "made")

    assert not (tmp_path / "made").exists()


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("mine")

    with pytest.raises(CannotScaffold, match="not empty"):
        scaffold(Wanted("stock"), tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["mine"]
