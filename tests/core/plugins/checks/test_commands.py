"""A command that cannot be typed is refused at load, by its name."""

import click
import pytest
from pydantic import BaseModel

from foundation.cli.main import main
from foundation.plugins.checks.commands import TAKEN, command_problems
from foundation.plugins.contributions import Command
from foundation.secret import Secret

SECRET = "password is a secret, and others see what is typed"


async def run(ctx, params):
    return ""


def no_coroutine(ctx, params):
    return ""


class Password(BaseModel):
    """A secret."""

    password: Secret


class Helping(BaseModel):
    """An option that each command has."""

    help: str = ""
    dry: bool = False
    no_dry: str = ""


def command(**changed):
    return Command(**({"name": "import-csv", "help": "Import.", "run": run} | changed))


def test_good_commands_are_taken():
    assert command_problems("orders", (command(), command(name="count"))) == []


def test_a_name_is_given_once():
    assert command_problems("orders", (command(), command())) == [
        "command 'import-csv' is declared twice"
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "Import_csv"}, ["is not named in lower case words with - between"]),
        ({"help": " "}, ["has no help"]),
        ({"run": no_coroutine}, ["runs something that is no async function"]),
        ({"params": dict}, ["has parameters that are no pydantic model"]),
        ({"params": Password}, [f"has parameters no option can give: {SECRET}"]),
        ({"params": Helping}, ["has two options --help", "has two options --no-dry"]),
    ],
)
def test_what_is_wrong_is_named(changed, told):
    name = changed.get("name", "import-csv")

    assert command_problems("orders", (command(**changed),)) == [
        f"command {name!r} {words}" for words in told
    ]


def test_a_plugin_named_like_a_command_of_core_has_none():
    assert command_problems("audit", (command(),)) == [
        "adds commands, and `foundation audit` is a command of core"
    ]
    assert set(main.list_commands(click.Context(main))) == TAKEN


def test_a_plugin_with_a_bad_command_is_invalid(one):
    body = "@hook\ndef commands():\n    return [Command('a', help='', run=None)]\n"

    broken = one(body)

    assert str(broken.state) == "invalid"
    assert "command 'a' has no help" in broken.reason
