"""The commands of a plugin's life: what tests/life does not say of them."""

import pytest
from click.testing import CliRunner

from foundation.cli.plugin import plugin


@pytest.mark.parametrize("name", ["enable", "disable", "remove", "purge", "doctor"])
def test_each_command_says_what_it_does(name):
    shown = CliRunner().invoke(plugin, [name, "--help"])

    assert shown.exit_code == 0
    assert len(shown.output.splitlines()) > 5


@pytest.mark.parametrize("words", [["disable", "x"], ["purge", "x", "--yes", "x"], ["doctor"]])
def test_without_a_database_there_is_one_clear_line(tmp_path, words):
    environ = {
        "FOUNDATION_DATA": str(tmp_path),
        "FOUNDATION_DATABASE_URL": "postgresql://u@127.0.0.1:1/x",
    }

    done = CliRunner().invoke(plugin, words, env=environ)

    assert done.exit_code == 2
    assert done.output.startswith("the database cannot be reached")
