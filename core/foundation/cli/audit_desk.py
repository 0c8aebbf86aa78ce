"""What the commands of ``foundation audit`` share: the parts they need, and how they refuse."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import click
from sqlalchemy.exc import DBAPIError

from foundation import __version__
from foundation.audit.proof.note import NoteRefused
from foundation.audit.proof.tool import UNDECIDABLE
from foundation.audit.sealer import Halted, Sealer
from foundation.audit.start import build_recorder, build_sealer, origin_of
from foundation.auth.repository import deployment_id
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.db.faults import in_words
from foundation.errors import FoundationError
from foundation.settings import Settings, SettingsRefused, read_settings


@dataclass(frozen=True, slots=True)
class AuditDesk:
    """What the commands work with."""

    settings: Settings
    database: Database
    sealer: Sealer
    origin: str


@asynccontextmanager
async def audit_desk() -> AsyncIterator[AuditDesk]:
    """Open what the commands work with, from the environment, and let go of it."""
    settings = read_settings(os.environ)
    database = Database(settings.database_url, application_name="foundation/audit")
    try:
        async with database.reading() as db:
            deployment = await deployment_id(db)
        recorder = build_recorder(
            settings,
            {},
            clock=SystemClock(),
            secret=AppSecret(settings.secret_key, deployment=deployment),
            app_version=__version__,
        )
        sealer = build_sealer(settings, database=database, deployment=deployment, recorder=recorder)
        yield AuditDesk(settings, database, sealer, origin_of(deployment))
    finally:
        await database.dispose()


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what an operator can mend into a line, and exit code 2."""
    try:
        yield
    except SettingsRefused as refused:
        lines = list(refused.problems)
    except FoundationError as refused:
        lines = [refused.detail or refused.title]
    except DBAPIError as fault:
        lines = [f"the database refuses: {in_words(fault)}"]
    except (NoteRefused, Halted, OSError) as refused:
        lines = [str(refused)]
    else:
        return
    for line in lines:
        click.secho(line, fg="red", err=True)
    raise SystemExit(UNDECIDABLE)
