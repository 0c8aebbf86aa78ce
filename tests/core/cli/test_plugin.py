"""The plugin commands work on any machine, say what is wrong, and read well."""

import importlib
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from foundation.cli.plugin import plugin

BROKEN = Path(__file__).parents[2] / "fixtures" / "broken"


@pytest.fixture
def foundation(tmp_path):
    """Run the command with nothing set but a data folder and the plugins given as installed."""
    before, path = set(sys.modules), list(sys.path)
    site = tmp_path / "site"
    sys.path[:0] = [str(site), str(BROKEN)]

    def run(*arguments, installed=(), **environ):
        for id in installed:
            info = site / f"foundation_{id}-1.0.dist-info"
            info.mkdir(parents=True, exist_ok=True)
            dist = f"foundation-{id.replace('_', '-')}"
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {dist}\nVersion: 1.0\n")
            group = "[foundation.plugins]"
            (info / "entry_points.txt").write_text(f"{group}\n{id} = foundation_{id}.plugin\n")
        importlib.invalidate_caches()
        given = {"FOUNDATION_DATA": str(tmp_path), **environ}
        return CliRunner().invoke(plugin, arguments, env=given)

    yield run
    sys.path[:] = path
    for name in set(sys.modules) - before:
        if name.startswith("foundation_"):
            del sys.modules[name]


def test_the_list_works_without_settings_database_or_server(foundation):
    done = foundation("list")

    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert lines[0].split() == ["plugin", "version", "state", "sections", "start"]
    assert any(line.split()[:3] == ["projects", "0.1.0", "started"] for line in lines)
    assert "plugin contract 1.1" in lines[-1]
    assert done.stderr == ""


def test_columns_are_aligned(foundation):
    lines = foundation("list").stdout.splitlines()
    rows = [line for line in lines if " started " in line and not line.startswith(" ")][:-1]

    assert {line.index("started") for line in rows} == {lines[0].index("state")}


def test_the_broken_are_listed_with_reason_and_what_mends_them(foundation):
    installed = ("import_nope", "dies", "newer_api", "healthy")

    done = foundation("list", installed=installed)

    assert done.exit_code == 0
    assert "No module named 'nope' (foundation_import_nope/plugin.py, line 3)" in done.stdout
    assert "its import ended the probe with exit code 1" in done.stdout
    assert "mend: pip install --force-reinstall foundation-import-nope" in done.stdout
    assert "3 not started" in done.stdout.splitlines()[-1]


def test_a_program_gets_the_same_as_json(foundation):
    done = foundation("list", "--json", installed=("misspelt",))

    plugins = {item["id"]: item for item in json.loads(done.stdout)["plugins"]}
    assert plugins["misspelt"]["state"] == "invalid"
    assert "navigatoin" in plugins["misspelt"]["reason"]
    assert plugins["projects"]["prefixes"] == ["projects"]


def test_a_check_tells_the_traceback_and_ends_with_1(foundation):
    done = foundation("check", "import_nope", installed=("import_nope",))

    assert done.exit_code == 1
    assert "import_nope: import error" in done.stdout
    assert "    | Traceback" in done.stdout


def test_a_check_of_a_good_plugin_ends_with_0(foundation):
    done = foundation("check", "healthy", installed=("healthy", "import_nope"))

    assert (done.exit_code, done.stdout) == (0, "healthy: nothing wrong\n")


def test_a_refused_page_is_a_finding(foundation):
    done = foundation("check", "lodash", installed=("lodash",))

    assert done.exit_code == 1
    assert "page refused: imports 'lodash'" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "environ", "words"),
    [
        (("check", "nobody"), {}, "nobody: no plugin of this id is installed"),
        (("list",), {"FOUNDATION_PLUGINS_MODE": "loose"}, "FOUNDATION_PLUGINS_MODE"),
    ],
)
def test_a_wrong_word_is_one_clear_line_and_ends_with_2(foundation, arguments, environ, words):
    done = foundation(*arguments, **environ)

    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_disabled_plugin_is_listed_and_not_looked_at(foundation):
    environ = {"FOUNDATION_PLUGINS_DISABLED": "healthy"}

    listed = foundation("list", installed=("healthy",), **environ)
    checked = foundation("check", "healthy", installed=("healthy",), **environ)

    assert "1 disabled" in listed.stdout.splitlines()[-1]
    assert (checked.exit_code, "not looked at" in checked.stdout) == (0, True)
