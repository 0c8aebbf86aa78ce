"""The command ``foundation`` reads like a good one."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from foundation import __version__
from foundation.cli.main import main


def run(*arguments):
    return CliRunner().invoke(main, list(arguments))


def test_help_lists_every_command_with_one_sentence():
    shown = run("--help")

    assert shown.exit_code == 0
    for name in ("serve", "dev", "db", "plugin", "settings"):
        assert f"\n  {name} " in shown.output
    assert "Examples:" in shown.output


@pytest.mark.parametrize("name", ["serve", "dev", "db", "plugin", "settings"])
def test_each_command_explains_itself_with_examples(name):
    shown = run(name, "--help")

    assert shown.exit_code == 0
    assert "Examples:" in shown.output


def test_the_version_is_told():
    assert run("--version").output == f"foundation {__version__}\n"


def test_an_unknown_command_is_refused_in_one_line():
    refused = run("sevre")

    assert refused.exit_code == 2
    assert "No such command 'sevre'" in refused.output


def test_listing_commands_loads_neither_sqlalchemy_nor_pluggy():
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom foundation.cli.main import main\n"
        "CliRunner().invoke(main, ['--help'])\n"
        "print({'sqlalchemy', 'pluggy', 'quart'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout == "set()\n"


def test_it_can_be_run_as_a_module():
    command = [sys.executable, "-m", "foundation.cli", "--version"]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)

    assert shown.stdout == f"foundation {__version__}\n"
