"""``foundation audit``: prove the trail, take it out, and care for it."""

import asyncio
import json
import os
import sys
from pathlib import Path
from uuid import UUID

import click

from foundation.audit.care import open_epoch
from foundation.audit.evidence import Evidence
from foundation.audit.export import whole
from foundation.audit.proof.bundle import bundle
from foundation.audit.proof.note import NoteRefused
from foundation.audit.proof.tool import main
from foundation.audit.roles import ROLES_SQL
from foundation.audit.start import build_signer
from foundation.cli.audit_desk import MET, audit_desk
from foundation.cli.audit_upkeep import (
    erase_command,
    prune_command,
    sinks_command,
    stamps_command,
)
from foundation.cli.refusals import refusals
from foundation.settings import SettingsRefused

EXAMPLES = """\b
Examples:
  foundation audit key > audit.vkey                  keep it where the database is not
  foundation audit checkpoint > trail.note
  foundation audit export trail.ndjson               everything that is sealed and signed
  foundation audit verify --export trail.ndjson --checkpoint trail.note --vkey "$(cat audit.vkey)"
  foundation audit roles | psql "$OWNER_URL"         the service no longer owns the trail
  foundation audit verifier > verify.py              the same, as one file for Python alone
  foundation audit prune --archive /archive          months and details over their time
  foundation audit sinks                             whom the trail is handed on to, and how far
"""


@click.group(epilog=EXAMPLES)
def audit() -> None:
    """Prove the audit trail, take it out, and care for it."""


@audit.command(
    "verify",
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    short_help="Prove an export; no database, no network.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def verify_command(arguments: tuple[str, ...]) -> None:
    """Prove an export: exit code 0 sound, 1 tampered, 2 undecidable."""
    raise SystemExit(main(arguments))


@audit.command("verifier")
def verifier_command() -> None:
    """Write the verifier as one file that needs Python alone, to be kept elsewhere."""
    sys.stdout.write(bundle())


@audit.command("roles")
def roles_command() -> None:
    """Write the SQL that keeps the service from owning the trail, to be run by the owner."""
    sys.stdout.write(ROLES_SQL)


@audit.command("key")
def key_command() -> None:
    """Show the public keys that check this trail's notes."""

    async def run() -> None:
        async with audit_desk() as desk:
            signs = build_signer(desk.settings, desk.origin)
            if signs is None:
                raise SettingsRefused(["FOUNDATION_AUDIT_SIGNING_KEY_FILE is not set"])
            for key in signs.verifiers:
                click.echo(key.text())

    with refusals(*MET):
        asyncio.run(run())


@audit.command("checkpoint")
def checkpoint_command() -> None:
    """Show the newest signed head."""

    async def run() -> None:
        async with audit_desk() as desk, desk.database.reading() as db:
            head = await Evidence(db).head(signed=True)
            if head is None or head.note is None:
                raise NoteRefused("no head of the trail is signed yet")
            click.echo(head.note, nl=False)

    with refusals(*MET):
        asyncio.run(run())


@audit.command("proof")
@click.argument("event", type=click.UUID)
def proof_command(event: UUID) -> None:
    """Show the proof that EVENT is in the signed trail (c2sp.org/tlog-proof)."""

    async def run() -> None:
        async with audit_desk() as desk, desk.database.reading() as db:
            click.echo((await Evidence(db).proof(event)).text, nl=False)

    with refusals(*MET):
        asyncio.run(run())


@audit.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--epoch", type=int, help="An earlier life of the tree.  [the newest]")
def export_command(file: Path, epoch: int | None) -> None:
    """Write everything that is sealed and signed to FILE, for `foundation audit verify`."""

    async def run() -> None:
        async with audit_desk() as desk, desk.database.reading() as db:
            head = await Evidence(db).head(signed=True, epoch=epoch)
            if head is None:
                raise NoteRefused("no head of the trail is signed yet")
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as out:
                async for line in whole(db, head):
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
            click.echo(f"{file}: {head.tree_size} leaves of epoch {head.epoch}")

    with refusals(*MET):
        asyncio.run(run())


@audit.command("sign")
def sign_command() -> None:
    """Sign the heads that wait for it, where FOUNDATION_AUDIT_SIGNER is off in the service."""

    async def run() -> None:
        async with audit_desk() as desk:
            publisher = desk.sealer.publisher
            publisher.signs = build_signer(desk.settings, desk.origin)
            click.echo(f"signed {await publisher.publish()} heads")

    with refusals(*MET):
        asyncio.run(run())


@audit.command("epoch")
@click.option("--reason", required=True, help="What happened, such as a restore.")
def epoch_command(reason: str) -> None:
    """Begin the tree anew after a restore; its first leaf commits to the last note outside."""

    async def run() -> None:
        async with audit_desk() as desk:
            epoch = await open_epoch(desk.sealer, reason=reason)
            click.echo(f"epoch {epoch} is open; restart the service so that it seals again")

    with refusals(*MET):
        asyncio.run(run())


for command in (erase_command, prune_command, sinks_command, stamps_command):
    audit.add_command(command)
