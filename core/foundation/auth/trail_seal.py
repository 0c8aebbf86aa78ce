"""Lets every session of a process seal what is recorded in it, before anything is recorded."""

from foundation.audit.mac import PURPOSE, Macs, carry
from foundation.audit.start import build_macs
from foundation.auth.repository import deployment_id
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.secret import Secret
from foundation.settings import Settings


async def seal_with(database: Database, settings: Settings) -> None:
    """Make the sessions of *database* seal with the keys that *settings* name."""
    carry(database, build_macs(settings, await _secret(database, settings.secret_key)))


async def seal_with_key(database: Database, key: Secret) -> None:
    """Do so with the app secret alone, where there are no whole settings."""
    secret = await _secret(database, key)
    carry(database, Macs.derived(secret.keys(PURPOSE)))


async def _secret(database: Database, key: Secret) -> AppSecret:
    async with database.reading() as db:
        deployment = await deployment_id(db)
    return AppSecret(key, deployment=deployment)
