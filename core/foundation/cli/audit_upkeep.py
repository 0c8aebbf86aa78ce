"""``foundation audit`` erase, prune, sinks, stamps: the upkeep, with a plan and a yes."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import click

from foundation import ids
from foundation.audit import expire, months
from foundation.audit.actor import Actor, Source
from foundation.audit.care import erase, events_by
from foundation.audit.expire import Expiry
from foundation.audit.months import Month
from foundation.audit.own import MOVED
from foundation.audit.proof.note import Verifier, read_verifier
from foundation.audit.prune import prune
from foundation.audit.sinks.courier import begin
from foundation.audit.sinks.standing import standings
from foundation.audit.sinks.story import Place
from foundation.audit.stamp import write_stamps
from foundation.audit.start import build_signer
from foundation.cli.audit_desk import MET, AuditDesk, audit_desk
from foundation.cli.refusals import refusals
from foundation.errors import Invalid
from foundation.settings import SettingsRefused

YES = click.option("--yes", is_flag=True, help="Do not ask.")


@click.command("erase")
@click.argument("events", nargs=-1, type=click.UUID)
@click.option("--actor", type=click.UUID, help="Every event of this person or service, too.")
@click.option("--reason", required=True, help="Why, such as who asked for it.")
@YES
def erase_command(events: tuple[UUID, ...], actor: UUID | None, reason: str, *, yes: bool) -> None:
    """Take what may name a person out of EVENTS; their proofs stay, and an event tells of it."""

    async def run() -> None:
        async with audit_desk() as desk:
            asked = dict.fromkeys(events)
            if actor is not None:
                async with desk.database.reading() as db:
                    asked |= dict.fromkeys(await events_by(db, actor))
                click.echo(f"{len(asked)} events would lose names, reasons and details for good")
                _ask(yes=yes or not asked)
            count = await erase(
                desk.database, desk.sealer.recorder, events=list(asked), reason=reason
            )
            click.echo(f"erased {count} of {len(asked)}")

    with refusals(*MET):
        asyncio.run(run())


@click.command("prune")
@click.option(
    "--archive",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, writable=True, path_type=Path),
    help="Where the months go; keep it as long as somebody may ask.",
)
@click.option("--vkey", "keys", multiple=True, help="name+id+key.  [that of the signing key file]")
@click.option("--keep-details", is_flag=True, help="Only months; leave details over their time.")
@YES
def prune_command(folder: Path, keys: tuple[str, ...], *, keep_details: bool, yes: bool) -> None:
    """Take months over their time out of the database, and details out of what stays.

    Each month is archived and its archive verified, the trail tells of it, and only then it goes.
    Leaves and tiles stay: every proof made before goes on verifying.
    """

    async def run() -> None:
        async with audit_desk() as desk:
            wanted, details = await _plan(desk, keep_details=keep_details)
            if not wanted and not details:
                click.echo("nothing is over its time")
                return
            verifiers = _keys(desk, keys)
            _ask(yes=yes)
            for month in wanted:
                made = await prune(desk.sealer, month, folder=folder, keys=verifiers)
                rows = sum(each.rows for each in made)
                click.echo(f"{month.name}: {rows} rows are in {folder}, and gone here")
            recorder = desk.sealer.recorder
            gone = await expire.expire(desk.database, recorder, wanted=details)
            if gone:
                click.echo(f"{gone} details are gone")

    with refusals(*MET):
        asyncio.run(run())


async def _plan(desk: AuditDesk, *, keep_details: bool) -> tuple[list[Month], list[Expiry]]:
    """Return what would go, and say it."""
    now, settings = desk.sealer.recorder.clock.now(), desk.settings
    async with desk.database.reading() as db:
        wanted = await months.over(
            db, now=now, keep=settings.audit_keep_months, held=settings.audit_hold_months
        )
    details = [] if keep_details else await expire.due(desk.database, now=now)
    click.echo(f"kept: {settings.audit_keep_months} months", nl=False)
    held = ", ".join(settings.audit_hold_months)
    click.echo(f"; held: {held}" if held else "")
    for month in wanted:
        rest = "" if month.attached else ", taken out already"
        click.echo(f"  month {month.name}, {month.bytes / 1e6:.1f} MB{rest}: archive and drop")
    gone = {month.name for month in wanted}
    for each in details:
        click.echo(f"  {each.rows} details of {each.type} before {each.before:%Y-%m}: erase")
    if details and gone:
        click.echo("  (details in the months above go with them)")
    return wanted, details


def _keys(desk: AuditDesk, given: Sequence[str]) -> list[Verifier]:
    if given:
        return [read_verifier(text) for text in given]
    signs = build_signer(desk.settings, desk.origin)
    if signs is None:
        raise SettingsRefused(
            ["give --vkey, or set FOUNDATION_AUDIT_SIGNING_KEY_FILE: an archive is verified first"]
        )
    return list(signs.verifiers)


@click.command("sinks")
@click.argument("sink", required=False)
@click.option("--from", "place", metavar="EPOCH.LEAF", help="Tell SINK again from this leaf on.")
@YES
def sinks_command(sink: str | None, place: str | None, *, yes: bool) -> None:
    """Show how far each sink is, or set one back so that it is told again."""

    async def run() -> None:
        async with audit_desk() as desk:
            if sink is not None and place is not None:
                await _set_back(desk, sink, _place(place), yes=yes)
            async with desk.database.reading() as db:
                for each in await standings(db):
                    state = f", refused {each.failures} times: {each.last_error}"
                    told = state if each.failures else ""
                    click.echo(f"{each.name}: at {each.place}, {each.behind} wait{told}")

    with refusals(*MET):
        asyncio.run(run())


async def _set_back(desk: AuditDesk, sink: str, place: Place, *, yes: bool) -> None:
    async with desk.database.reading() as db:
        if sink not in {each.name for each in await standings(db)}:
            raise Invalid(f"there is no sink {sink}")
    click.echo(f"{sink} will be told every event from {place} on, again where it knows them")
    _ask(yes=yes)
    source = Source(Actor("system", name="foundation audit"), "audit", str(ids.uuid7()))
    async with desk.database.transaction() as db:
        desk.sealer.recorder.record(db, MOVED(sink=sink, place=str(place)), source)
    await begin(desk.database, sink, place)


@click.command("stamps")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def stamps_command(folder: Path) -> None:
    """Write the time stamps of signed heads to FOLDER, each with its note.

    For each pair: openssl ts -verify -data X.note -in X.tsr -CAfile authority.pem
    """

    async def run() -> None:
        async with audit_desk() as desk, desk.database.reading() as db:
            click.echo(f"{await write_stamps(db, folder)} stamps are in {folder}")

    with refusals(*MET):
        asyncio.run(run())


def _place(text: str) -> Place:
    epoch, _, leaf = text.partition(".")
    if not epoch.isdecimal() or not leaf.isdecimal():
        raise Invalid("give a place as epoch.leaf, such as 1.0")
    return Place(int(epoch), int(leaf))


def _ask(*, yes: bool) -> None:
    if not yes:
        click.confirm("Go on?", abort=True)
