"""A step is done once for each state of what it is made from, and fails in one line."""

import sys
from pathlib import Path

import pytest


def test_a_digest_follows_content_and_names(prepare, tmp_path):
    root = prepare.ROOT
    one, other = root / "Makefile", root / "README.md"

    assert prepare.digest([one, other]) == prepare.digest([other, one])
    assert prepare.digest([one]) != prepare.digest([other])


def test_what_is_built_is_no_source_of_the_build(prepare):
    sources = prepare.web_sources()

    assert prepare.ROOT / "web" / "package.json" in sources
    assert [f for f in sources if {"node_modules", "dist"} & set(f.parts)] == []


def test_a_command_that_succeeds_says_nothing(prepare, capfd):
    prepare.run([sys.executable, "-c", "print('noise')"], otherwise="")

    assert capfd.readouterr().out == ""


def test_a_command_that_fails_shows_its_last_lines_and_what_to_do(prepare, capfd):
    command = [sys.executable, "-c", "print('\\n'.join(map(str, range(99)))); raise SystemExit(3)"]

    with pytest.raises(prepare.Stopped, match="do this"):
        prepare.run(command, otherwise="do this")

    shown = capfd.readouterr().err.split()
    assert (len(shown), shown[-1]) == (15, "98")


def test_every_set_that_is_installed_is_locked(prepare):
    folder = Path(prepare.ROOT) / "requirements"

    assert {file.stem for file in folder.glob("*.txt")} == {"runtime", "build", "node", "dev"}
