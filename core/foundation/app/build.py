"""Builds the parts of Foundation in their order, and lets go of them in reverse."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial

from foundation import __version__
from foundation.app.extensions import extensions
from foundation.app.gauges import gauging
from foundation.app.looks import looks
from foundation.app.offers import offers
from foundation.app.parts import App, Description, NotMigrated, Parts
from foundation.audit.keeper import Keeper
from foundation.audit.record import declared
from foundation.audit.sinks.start import build_courier
from foundation.audit.start import build_recorder, build_sealer, build_stamper
from foundation.auth.keys import open_ring
from foundation.auth.limits import Limiter
from foundation.auth.processes import sign_of_life
from foundation.auth.repository import deployment_id
from foundation.auth.sessions import COOKIE
from foundation.auth.start import build_identity
from foundation.auth.trail_seal import seal_with
from foundation.builtin.accounts.set_up import settle_rights
from foundation.cache import Cache, build_cache
from foundation.clock import Clock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.db.migrate import core_owner
from foundation.db.standing import compare
from foundation.http.assets import Assets, Brand, branded, read_web
from foundation.http.denials import Denials
from foundation.http.edge import Edge
from foundation.http.headers import api_headers, security_headers
from foundation.http.mount import mount
from foundation.http.openapi import describe
from foundation.http.plan import plans
from foundation.http.readiness import Watch
from foundation.live.service import Live
from foundation.plugins.away import away
from foundation.plugins.probe import refresh
from foundation.plugins.registry import Registry, plugin_tables
from foundation.plugins.scan import installed_plugins
from foundation.plugins.services import PluginServices
from foundation.plugins.start import running_plugins
from foundation.plugins.subscriptions import Dispatcher
from foundation.plugins.warden import Warden
from foundation.settings import Settings
from foundation.telemetry.acting import acting_plugin
from foundation.telemetry.line import line
from foundation.telemetry.metrics import set_vault_sealed

REQUESTS = "foundation/idempotency/v1"
"""The purpose of the key under which a repeated request is known again."""


@asynccontextmanager
async def running(
    settings: Settings, *, clock: Clock, environ: Mapping[str, str]
) -> AsyncIterator[App]:
    """Build Foundation, hold it open, and let go of everything in reverse.

    Raises `Unavailable` while the database is away, `NotMigrated` before ``foundation db
    upgrade``, `SettingsRefused`, and in strict mode `PluginsRefused`.
    """
    async with AsyncExitStack() as stack:
        database = Database(
            settings.database_url,
            application_name="foundation/api",
            observe=_note_statement,
            acting=acting_plugin,
        )
        stack.push_async_callback(database.dispose)
        await _require_tables(database)
        await seal_with(database, settings)
        cache = build_cache(settings)
        stack.push_async_callback(cache.close)
        registry = await stack.enter_async_context(
            running_plugins(settings, database=database, environ=environ)
        )
        parts = await _parts(settings, clock, database, cache, registry)
        stack.push_async_callback(parts.identity.close)
        yield await _assembled(parts, stack)


@asynccontextmanager
async def serving(
    settings: Settings, *, clock: Clock, environ: Mapping[str, str]
) -> AsyncIterator[App]:
    """Do as `running`, after a child process has found the plugins that would end or hang this one.

    This is what a worker serves; tests, which load no such plugin, go without the child.
    """
    await asyncio.to_thread(refresh, settings, installed_plugins())
    async with (
        running(settings, clock=clock, environ=environ) as app,
        _keeper(app.parts).at_work(),
        app.parts.courier.at_work(),
        gauging(app.parts),
    ):
        yield app


def _keeper(parts: Parts) -> Keeper:
    stamper = build_stamper(parts.settings, database=parts.database, clock=parts.clock)
    return Keeper(parts.sealer, stamper)


async def _require_tables(database: Database) -> None:
    async with database.reading() as db:
        (standing,) = await compare(db, [core_owner()])
    if not standing.ok:
        why = standing.reason or f"its tables are {standing.state}; run: foundation db upgrade"
        raise NotMigrated(why)


async def _parts(
    settings: Settings, clock: Clock, database: Database, cache: Cache, registry: Registry
) -> Parts:
    async with database.transaction() as db:
        deployment = await deployment_id(db)
        ring = await open_ring(db, settings.keyring_file, tables=plugin_tables(registry))
    set_vault_sealed(sealed=ring.is_sealed)
    who = build_identity(
        settings,
        database=database,
        cache=cache,
        deployment=deployment,
        permissions=registry.in_effect(confirmed=settings.plugin_roles == "confirm"),
        clock=clock,
    )
    secret = AppSecret(settings.secret_key, deployment=deployment)
    recorder = build_recorder(
        settings, declared(registry.events), clock=clock, secret=secret, app_version=__version__
    )
    if settings.plugin_roles == "confirm":
        async with database.transaction() as db:
            await settle_rights(db, registry.proposals, recorder)
    sealer = build_sealer(settings, database=database, deployment=deployment, recorder=recorder)
    courier = build_courier(settings, database=database, origin=sealer.origin, clock=clock)
    limiter = Limiter(
        database,
        cache,
        workers=settings.workers,
        now=time.monotonic,
        # One person on one machine is no crowd, and their tests sign in all the time.
        scale=100 if settings.environment == "development" else 1,
    )
    live = Live(database, settings.database_url, registry.topics, now=time.monotonic)
    return Parts(
        settings=settings,
        clock=clock,
        database=database,
        cache=cache,
        ring=ring,
        secret=secret,
        identity=who,
        registry=registry,
        recorder=recorder,
        sealer=sealer,
        courier=courier,
        limiter=limiter,
        live=live,
    )


async def _assembled(parts: Parts, stack: AsyncExitStack) -> App:
    """Put the parts together; *stack* gets what must be let go."""
    settings, registry, watch = parts.settings, parts.registry, Watch()
    is_https = settings.public_url.startswith("https:")
    mounted = plans(registry.routers)
    warden = Warden(registry, parts.database, parts.clock)
    described = Description(partial(describe, mounted, version=__version__, cookie=COOKIE))
    denials = Denials(parts.database, parts.recorder, parts.clock)
    stack.push_async_callback(denials.close)
    edge = Edge(
        database=parts.database,
        identify=partial(parts.identity.identify, parts.database.reading),
        services=PluginServices(
            registry, ring=parts.ring, core=offers(parts, watch, described, warden)
        ),
        recorder=parts.recorder,
        clock=parts.clock,
        public_origin=settings.public_origin,
        headers=api_headers(is_https=is_https),
        fingerprint=partial(parts.secret.sign, REQUESTS),
        limiter=parts.limiter,
        denials=denials,
        keeper=warden,
        still=partial(parts.identity.identify, parts.database.reading, counts=False),
        sync=settings.audit_sync,
    )
    await stack.enter_async_context(parts.live.at_work())
    await stack.enter_async_context(warden.watching())
    stack.push_async_callback(edge.units.ended)
    await stack.enter_async_context(sign_of_life(parts.database, parts.ring))
    await stack.enter_async_context(watch.over(looks(parts, edge, warden)))
    await stack.enter_async_context(Dispatcher(registry, edge, warden).at_work())
    assets = Assets(
        inner=mount(mounted, edge, away=away(registry)),
        web=branded(read_web(settings.web_root), _brand(settings)),
        extensions=extensions(registry),
        headers=security_headers(is_https=is_https),
    )
    return App(assets, parts, mounted, watch)


def _brand(settings: Settings) -> Brand:
    icon = settings.product_icon
    return Brand(settings.product_name, icon.read_bytes() if icon else None)


def _note_statement(seconds: float) -> None:
    """Add one statement to the line of the present request."""
    entry = line()
    entry["db_ms"] = round(entry.get("db_ms", 0.0) + seconds * 1000, 2)
    entry["db_n"] = entry.get("db_n", 0) + 1
