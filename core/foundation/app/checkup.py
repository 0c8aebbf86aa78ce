"""Checkup: what plugins say of their own parts, asked without a server, for the doctor."""

import asyncio
from collections.abc import AsyncIterator, Mapping

from foundation import ids
from foundation.auth.principal import SYSTEM
from foundation.auth.repository import deployment_id
from foundation.clock import SystemClock
from foundation.crypto.ring import KeyRing
from foundation.db.engine import Database
from foundation.http.context import Caller, Context
from foundation.http.edge import refuse_to_record
from foundation.plugins import ledger
from foundation.plugins.contributions import Offer
from foundation.plugins.fit import fit
from foundation.plugins.loader import load
from foundation.plugins.services import PluginServices
from foundation.ports import Trail, catalogue, trail
from foundation.settings import Settings
from foundation.telemetry.logging import logger

Said = tuple[str, bool, str]
"""The name of a part, whether it is well, and in words."""


async def checkup(
    settings: Settings, database: Database, environ: Mapping[str, str]
) -> AsyncIterator[Said]:
    """Give what each health check of each plugin that starts here says; nothing is changed."""
    memory = await ledger.remember(database)
    registry = await fit(load(settings, environ=environ, memory=memory), database)
    async with database.reading() as db:
        ring = KeyRing.load(settings.keyring_file, deployment=await deployment_id(db))
    core = (Offer(trail, lambda ctx: Trail(ctx.db)), Offer(catalogue, lambda _: registry))
    services = PluginServices(registry, ring=ring, core=core)
    for plugin, check in registry.health_checks:
        name = f"{plugin}.{check.name}"
        try:
            async with asyncio.timeout(check.timeout_s), database.reading() as db:
                health = await check.check(
                    Context(
                        request_id=str(ids.uuid7()),
                        principal=SYSTEM,
                        plugin=plugin,
                        db=db,
                        clock=SystemClock(),
                        log=logger(plugin),
                        caller=Caller(""),
                        services=services,
                        recorder=refuse_to_record,
                    )
                )
            yield name, health.ok, health.detail or "well"
        except Exception as fault:  # noqa: BLE001  # a plugin's own code
            yield name, False, f"it could not be asked: {type(fault).__name__}"
