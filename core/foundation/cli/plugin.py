"""The commands of plugins: what is installed, what became of it, and what mends it."""

import json
import os
import textwrap
from collections.abc import Sequence
from typing import Any

import click

from foundation.cli.ledger import remembered
from foundation.cli.life import (
    disable_command,
    doctor_command,
    enable_command,
    purge_command,
    remove_command,
)
from foundation.cli.new import new_command
from foundation.cli.refusals import refusals, refuse
from foundation.plugins.hookspecs import CONTRACT
from foundation.plugins.loader import load
from foundation.plugins.probe import refresh
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.scan import installed_plugins
from foundation.plugins.warden import with_quarantine
from foundation.settings import read_choice

WIDTH = 96

EXAMPLES = """\b
Examples:
  foundation plugin list              every plugin, and why one does not start
  foundation plugin list --json       the same for a program
  foundation plugin new orders        a new plugin in the folder orders
  foundation plugin disable orders    switch it off; its data stays
  foundation plugin remove orders     what goes with it, then out of service
  foundation plugin doctor            what is amiss, and what mends it
  foundation plugin check orders      all that is wrong with one, with its traceback
"""

COLOURS = {State.STARTED: "green", State.DISABLED: "bright_black"}
HEAD = ("plugin", "version", "state", "sections", "start")

Cells = tuple[str, str, str, str, str]


@click.group(epilog=EXAMPLES)
def plugin() -> None:
    """List what is installed, and what became of it.

    `list` and `check` need no database and no running server; with FOUNDATION_DATABASE_URL set
    they tell of switches, quarantine and what is gone too. Whether the tables of a plugin are up
    to date is told by `foundation db status`.
    """


@plugin.command("list", short_help="List every plugin with its state.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program.")
def list_command(*, as_json: bool) -> None:
    """List every plugin with its state, and for a broken one the reason and what mends it."""
    registry = _registry()
    if as_json:
        items = [_described(one) for one in registry.plugins]
        click.echo(json.dumps({"contract": CONTRACT, "plugins": items}, indent=2))
        return
    _print_table(registry.plugins)
    for gone in registry.gone:
        click.echo(f"{gone.id}  {gone.version}  removed")
        click.echo(f"    mend: pip install {gone.dist}, or: foundation plugin purge {gone.id}")
    click.echo()
    click.echo(_summary(registry))


@plugin.command("check", short_help="Tell all that is wrong, with tracebacks.")
@click.argument("ids", nargs=-1, metavar="[ID]...")
def check_command(ids: Sequence[str]) -> None:
    """Tell all that is wrong with the named plugins, or with every installed one.

    Exit code 0: nothing; 1: something; 2: there is no plugin of that id, or a setting is wrong.
    """
    registry = _registry()
    unknown = [id for id in ids if registry.find(id) is None]
    if unknown:
        refuse(f"{id}: no plugin of this id is installed" for id in unknown)
    chosen = [one for one in registry.plugins if not ids or one.id in ids]
    for one in chosen:
        _print_findings(one)
    if any(one.is_fault or one.refused for one in chosen):
        raise SystemExit(1)


plugin.add_command(new_command)
for command in (enable_command, disable_command, remove_command, purge_command, doctor_command):
    plugin.add_command(command)


def _registry() -> Registry:
    """Load everything as a worker would, with the dangerous ones found by the probe first."""
    with refusals():
        choice = read_choice(os.environ)
    installed = installed_plugins()
    dangerous = refresh(choice, installed)
    memory, kept = remembered()
    loaded = load(
        choice, installed=installed, environ=os.environ, dangerous=dangerous, memory=memory
    )
    return with_quarantine(loaded, kept)


def _print_table(plugins: Sequence[Loaded]) -> None:
    rows = [_cells(one) for one in plugins]
    widths = [max(len(row[column]) for row in (HEAD, *rows)) for column in range(len(HEAD))]
    click.secho(_line(HEAD, widths), dim=True)
    for one, row in zip(plugins, rows, strict=True):
        colour = COLOURS.get(one.state, "red")
        styled = (*row[:2], click.style(row[2].ljust(widths[2]), fg=colour), *row[3:])
        click.echo(_line(styled, widths))
        for note in _notes(one):
            click.echo(textwrap.indent(note, "    "))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Align one row; a styled cell is padded already, because its marks count as letters."""
    *texts, last = cells
    padded = [
        text if "\x1b" in text else text.ljust(width)
        for text, width in zip(texts, widths, strict=False)
    ]
    return "  ".join([*padded, last.rjust(widths[-1])]).rstrip()


def _cells(one: Loaded) -> Cells:
    titles = ", ".join(entry.title for entry in one.contributions.navigation)
    took = f"{one.start_ms:.0f} ms" if one.is_started else ""
    return one.id, one.version, one.state.value.replace("_", " "), titles or "-", took


def _notes(one: Loaded) -> list[str]:
    """Return what is wrong, wrapped, and the command that mends it on a line of its own."""
    notes = []
    if one.reason:
        notes.append(_wrapped(one.reason))
    notes += [_wrapped(f"{part.part} refused: {part.reason}") for part in one.refused]
    if one.mend:
        notes.append(f"mend: {click.style(one.mend, bold=True)}")
    return notes


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False))


def _summary(registry: Registry) -> str:
    counts = [(len(registry.started), "started"), (len(registry.faults), "not started")]
    disabled = [one for one in registry.plugins if one.state is State.DISABLED]
    if disabled:
        counts.append((len(disabled), "disabled"))
    told = ", ".join(f"{count} {what}" for count, what in counts)
    return f"{told}; plugin contract {CONTRACT}"


def _print_findings(one: Loaded) -> None:
    if not one.is_fault and not one.refused:
        state = "nothing wrong" if one.is_started else "disabled, not looked at"
        click.echo(f"{one.id}: {click.style(state, fg=COLOURS[one.state])}")
        return
    state = one.state.value.replace("_", " ")
    click.echo(f"{one.id}: {click.style(state, fg=COLOURS.get(one.state, 'red'))}")
    for note in _notes(one):
        click.echo(textwrap.indent(note, "    "))
    if one.trace:
        click.echo(textwrap.indent(one.trace.rstrip(), "    | ", lambda _line: True))


def _described(one: Loaded) -> dict[str, Any]:  # JSON
    return {
        "id": one.id,
        "title": one.title,
        "dist": one.dist,
        "version": one.version,
        "builtin": one.builtin,
        "state": one.state.value,
        "reason": one.reason or None,
        "mend": one.mend or None,
        "refused": [{"part": part.part, "reason": part.reason} for part in one.refused],
        "sections": [entry.section for entry in one.contributions.navigation],
        "prefixes": list(one.contributions.prefixes),
        "start_ms": one.start_ms,
    }
