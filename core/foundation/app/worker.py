"""The run worker's process: settings and plugins as a server has them, and no server."""

import asyncio
import signal
from collections.abc import Mapping

from foundation import __version__
from foundation.app.entitled import still_may
from foundation.app.firing import Standing
from foundation.app.lender import Counter
from foundation.app.parts import NotMigrated
from foundation.audit.record import declared
from foundation.audit.start import build_recorder
from foundation.auth.keys import open_ring
from foundation.auth.processes import sign_of_life
from foundation.auth.repository import deployment_id
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.db.migrate import core_owner
from foundation.db.standing import compare
from foundation.plugins import ledger
from foundation.plugins.fit import fit
from foundation.plugins.loader import load
from foundation.plugins.probe import refresh
from foundation.plugins.registry import Registry, plugin_tables
from foundation.plugins.scan import installed_plugins
from foundation.plugins.warden import Warden
from foundation.runs import schedules
from foundation.runs.engine import ProcrastinateDelivery
from foundation.runs.outfit import Outfit
from foundation.runs.pace import Pace
from foundation.runs.worker import Worker
from foundation.settings import Settings
from foundation.telemetry.resources import observe_checkout

PRELOAD = ("foundation.sdk", "foundation.ports")
"""What every plugin imports: no child needs to do it anew."""


async def work(
    settings: Settings,
    *,
    environ: Mapping[str, str],
    queues: tuple[str, ...] = ("default",),
    slots: int = 2,
    pace: Pace | None = None,
) -> None:
    """Work on runs until SIGTERM or SIGINT, then drain.

    Raises `NotMigrated`, and `Unavailable` while the database is away: start it again.
    """
    stop = _stopped_by_signals()
    database = _database(settings)
    try:
        registry = await _registry(settings, database, environ)
        async with database.transaction() as db:
            ring = await open_ring(db, settings.keyring_file, tables=plugin_tables(registry))
            secret = AppSecret(settings.secret_key, deployment=await deployment_id(db))
        clock = SystemClock()
        recorder = build_recorder(
            settings, declared(registry.events), clock=clock, secret=secret, app_version=__version__
        )
        warden = Warden(registry, database, clock)
        outfit = Outfit(
            url=settings.database_url,
            database=database,
            delivery=ProcrastinateDelivery(settings.database_url),
            jobs=registry.jobs,
            recorder=recorder,
            clock=clock,
            environ=environ,
            version=__version__,
            queues=queues,
            slots=slots,
            preload=PRELOAD,
            pace=pace or Pace(),
            lender=Counter(database, registry, ring, recorder, clock),
            guard=warden,
            may=still_may(registry),
            lets=Standing(registry, ring, clock),
        )
        worker = Worker(outfit)
        async with database.transaction() as db:
            await schedules.declare(db, worker.record, jobs=registry.jobs)
        async with sign_of_life(database, ring), warden.watching():
            await worker.run(stop)
    finally:
        await database.dispose()


def _database(settings: Settings) -> Database:
    name = "foundation/worker"
    return Database(settings.database_url, application_name=name, checkout=observe_checkout)


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _registry(settings: Settings, database: Database, environ: Mapping[str, str]) -> Registry:
    """Return what is started here, without anybody's lifespan: handlers run elsewhere."""
    async with database.reading() as db:
        (standing,) = await compare(db, [core_owner()])
    if not standing.ok:
        raise NotMigrated(standing.reason or "run: foundation db upgrade")
    dangerous = await asyncio.to_thread(refresh, settings, installed_plugins())
    memory = await ledger.remember(database)
    loaded = load(settings, environ=environ, memory=memory, dangerous=dangerous)
    return await fit(loaded, database)
