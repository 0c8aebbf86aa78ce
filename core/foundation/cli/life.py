"""The commands of a plugin's life: switch it, remove it, purge it, and see what is amiss."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
from sqlalchemy.ext.asyncio import AsyncSession

from foundation.cli.ledger import UNDONE, ask_for_a_roll, choice, read, who, write
from foundation.cli.refusals import refusals
from foundation.plugins import removal
from foundation.plugins.doctor import Finding, diagnose, facts
from foundation.plugins.ledger import remember_in
from foundation.plugins.loader import load
from foundation.plugins.packages import changed_files, clashes
from foundation.plugins.probe import refresh
from foundation.plugins.removal import Leaving, leaving
from foundation.plugins.scan import installed_plugins
from foundation.plugins.switch import overruled, rearm, switch
from foundation.plugins.workers import plan_digest

DRY = click.option("--dry-run", is_flag=True, help="Show the plan and change nothing.")


@click.command("enable", short_help="Switch a plugin on, or take it out of quarantine.")
@click.argument("id")
@click.option(
    "--rearm", "is_rearm", is_flag=True, help="Take it out of quarantine, in all workers."
)
def enable_command(id: str, *, is_rearm: bool) -> None:
    """Switch plugin ID on from the next roll of the workers, which is asked for.

    With --rearm, what rests in quarantine runs again within seconds, without a roll.
    """
    with refusals(codes=UNDONE):
        if is_rearm:
            parts = write(lambda db: rearm(db, id, actor=who()))
            click.echo(f"{id}: {', '.join(parts) or 'nothing'} taken out of quarantine")
            return
        _switch(id, on=True)


@click.command("disable", short_help="Switch a plugin off; its data stays.")
@click.argument("id")
def disable_command(id: str) -> None:
    """Switch plugin ID off from the next roll of the workers, which is asked for.

    Its section, its API and its code are gone then; its data stays.
    """
    with refusals(codes=UNDONE):
        _switch(id, on=False)


@click.command("remove", short_help="Show what goes with a plugin, and take it out of service.")
@click.argument("id")
@click.option("--export", "folder", type=click.Path(path_type=Path), help="Write its tables there.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@DRY
def remove_command(id: str, *, folder: Path | None, yes: bool, dry_run: bool) -> None:
    """Show what goes with plugin ID, export it on request, and switch the plugin off.

    All its data stays. The command that uninstalls it is printed, and never run for you.
    """
    with refusals(codes=UNDONE):
        what = read(lambda db: leaving(db, id))
        _show(what)
        if dry_run:
            return
        if not yes:
            click.confirm(f"Take {id} out of service?", abort=True)
        if folder is not None:
            files = write(lambda db: removal.export(db, what.tables, folder))
            click.echo(f"wrote {len(files)} files into {folder}")
        write(lambda db: removal.remove(db, id, actor=who()))
        ask_for_a_roll(choice().data)
    click.echo(f"then: pip uninstall {what.dist}")
    click.echo(f"its data stays; foundation plugin purge {id} deletes it")


@click.command("purge", short_help="Delete all that a plugin left. It cannot be taken back.")
@click.argument("id")
@click.option("--export", "folder", type=click.Path(path_type=Path), help="Write its tables there.")
@click.option("--yes", "typed", metavar="ID", help="The id again, instead of typing it.")
@DRY
def purge_command(id: str, *, folder: Path | None, typed: str | None, dry_run: bool) -> None:
    """Delete the tables, names and switches of plugin ID, once it is off or uninstalled.

    Works without its code. What the audit trail says of it stays readable.
    """
    with refusals(codes=UNDONE):
        what = read(lambda db: leaving(db, id))
        _show(what)
        if dry_run:
            return
        if (typed or click.prompt(f"Type {id} to delete all of this")) != id:
            click.secho("that is another word; nothing was deleted", fg="red", err=True)
            raise SystemExit(1)
        if folder is not None:
            write(lambda db: removal.export(db, what.tables, folder))
        installed = id in {one.id for one in installed_plugins()}
        gone = write(lambda db: removal.purge(db, id, actor=who(), installed=installed))
    click.echo(f"{id}: deleted {len(gone.tables)} tables with {gone.rows} rows")


@click.command("doctor", short_help="Find what is amiss between plugins and the database.")
def doctor_command() -> None:
    """Find schemas and names without a plugin, workers with other plugins, changed files.

    Exit code 0: nothing is amiss; 1: something is, each with its command.
    """
    with refusals(codes=UNDONE):
        findings = read(_examined)
    for finding in findings:
        click.echo(f"{click.style(finding.about, bold=True)}: {finding.problem}")
        click.echo(f"    mend: {click.style(finding.mend, bold=True)}")
    if findings:
        raise SystemExit(1)
    click.echo("nothing is amiss")


async def _examined(db: AsyncSession) -> list[Finding]:
    installed = installed_plugins()
    settings = choice()
    dangerous = refresh(settings, installed)
    registry = load(
        settings,
        installed=installed,
        environ=os.environ,
        dangerous=dangerous,
        memory=await remember_in(db),
    )
    dists = sorted({one.dist for one in installed})
    changed = {dist: files for dist in dists if (files := changed_files(dist))}
    return diagnose(
        registry,
        await facts(db),
        plan=plan_digest(registry),
        changed=changed,
        clashes=clashes(dists),
    )


def _switch(id: str, *, on: bool) -> None:
    settings = choice()
    word = "enable" if on else "disable"
    changed = write(lambda db: switch(db, id, on=on, actor=who(), command=word))
    state = "on" if on else "off"
    click.echo(f"{id}: switched {state}" if changed else f"{id}: is switched {state} already")
    against = overruled(settings, id, on=on)
    if against:
        click.secho(f"but {against}, and the environment wins", fg="yellow", err=True)
        raise SystemExit(1)
    if changed:
        ask_for_a_roll(settings.data)


def _show(what: Leaving) -> None:
    click.secho(f"{what.id} ({what.title}, {what.dist}), {what.state}", bold=True)
    for line in _plan(what):
        click.echo(f"  {line}")


def _plan(what: Leaving) -> Iterator[str]:
    for table in what.tables:
        about = "" if table.is_exact else "about "
        yield f"table {table.schema}.{table.name}: {about}{table.rows} rows"
    if not what.tables:
        yield "no tables"
    for kind, names in what.claims.items():
        yield f"{kind}: {', '.join(names)}"
    if what.work.schedules or what.work.queued:
        yield f"work: {what.work.schedules} schedules, {what.work.queued} waiting runs"
    if what.needed_by:
        yield f"needed by: {', '.join(what.needed_by)}"
    for dependent in what.dependents:
        yield f"stops a purge: {dependent}"
