"""``foundation settings``: every setting, whether it is set, and what is wrong; never a secret."""

import importlib.metadata
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

import click
from pydantic.fields import FieldInfo
from rich.console import Console
from rich.table import Table

from foundation.secret import Secret
from foundation.settings import (
    PLAIN_NAMES,
    Settings,
    SettingsRefused,
    misspelt,
    read_settings,
    variable,
)

EXAMPLES = """\b
Examples:
  foundation settings                      the whole list, and what is wrong
  foundation settings --set                only what is set

\b
A secret can be given as a file: FOUNDATION_SECRET_KEY_FILE=/run/secrets/key
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One setting as it is shown: *value* is stars for a secret, and None when it is not set."""

    name: str
    value: str | None
    default: str
    about: str


@click.command(epilog=EXAMPLES)
@click.option("--set", "only_set", is_flag=True, help="Show only what is set.")
@click.pass_context
def settings(ctx: click.Context, *, only_set: bool) -> None:
    """List every setting, and whether it is set. Secrets are shown as stars.

    Ends with 2 when a setting is missing or wrong, and says which.
    """
    shown = [row for row in rows(os.environ) if row.value is not None or not only_set]
    console = Console()
    if not console.is_terminal:
        console.width = 160  # a file or a pipe has no width to fold to
    console.print(_table(shown))
    problems = problems_of(os.environ)
    for problem in problems:
        click.echo(problem, err=True)
    ctx.exit(2 if problems else 0)


def rows(environ: Mapping[str, str]) -> Iterator[Row]:
    """Return every setting of core, in the order of `Settings`."""
    plain = {field: name for name, field in PLAIN_NAMES.items()}
    for name, field in Settings.model_fields.items():
        full = variable(name)
        value = environ.get(full) or environ.get(plain.get(name, ""))
        if value is not None and _is_secret(field):
            value = "***"
        if value is None and not name.endswith("_file"):
            value = environ.get(f"{full}_FILE")
        yield Row(full, value, _default(field), field.description or "")


def problems_of(environ: Mapping[str, str]) -> list[str]:
    """Return a line for each setting that is wrong, missing or unknown."""
    points = importlib.metadata.entry_points(group="foundation.plugins")
    unknown = misspelt(environ, plugins=[point.name for point in points])
    try:
        read_settings(environ)
    except SettingsRefused as refused:
        return [*refused.problems, *unknown]
    return unknown


def _table(shown: list[Row]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Setting", no_wrap=True)
    table.add_column("Value", overflow="fold")
    table.add_column("What it is", overflow="fold")
    for row in shown:
        value = row.value if row.value is not None else row.default
        table.add_row(row.name, value, row.about, style="" if row.value is not None else "dim")
    return table


def _is_secret(field: FieldInfo) -> bool:
    return field.annotation is Secret or Secret in get_args(field.annotation)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "(required)"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value == ():
        return "-"
    return str(value)
