"""The command that begins a plugin: a folder with a section that works, and its tests."""

from pathlib import Path
from typing import get_args

import click

from foundation.cli.refusals import refusals
from foundation.cli.scaffold import CannotScaffold, Ui, Wanted, scaffold


@click.command("new", short_help="Begin a plugin: a section that works, with its tests.")
@click.argument("id")
@click.option(
    "--ui",
    type=click.Choice(get_args(Ui)),
    default="none",
    show_default=True,
    help="A page of data alone, of plain JavaScript, or of React.",
)
@click.option("--title", default="", help="What the sidebar shows; made from ID if not given.")
@click.option("--section", default="", help="The section it claims; ID if not given.")
@click.option("--icon", default="box", show_default=True, help="One of the shell's icons.")
@click.option("--into", type=click.Path(path_type=Path), help="The folder; ID if not given.")
def new_command(*, id: str, ui: Ui, title: str, section: str, icon: str, into: Path | None) -> None:
    """Begin a plugin in the folder ID: list, form, permissions, audit events, migration, tests.

    Needs no network and no git. Exit code 2: a name cannot be used, or the folder is not empty.
    """
    folder = into or Path(id)
    wanted = Wanted(id, ui=ui, title=title, section=section, icon=icon)
    with refusals(CannotScaffold):
        files = scaffold(wanted, folder)
    click.echo(f"{folder}: {len(files)} files; begin with {folder / 'README.md'}")
    click.echo(f"next: pip install -e {folder}, then: pytest {folder} --foundation-plugin {id}")
