"""What the commands of ``foundation audit`` share: the parts they need, and what they may meet."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from foundation import __version__
from foundation.audit.proof.note import NoteRefused
from foundation.audit.sealer import Halted, Sealer
from foundation.audit.start import build_recorder, build_sealer, origin_of
from foundation.auth.repository import deployment_id
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.errors import FoundationError
from foundation.settings import Settings, read_settings

MET = (FoundationError, NoteRefused, Halted, OSError)
"""What the commands may meet besides."""


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
