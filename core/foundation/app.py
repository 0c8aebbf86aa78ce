"""The application: every part built once, handed to what needs it, and let go at the end."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Table

from foundation import __version__, ids
from foundation.audit.reader import Trail
from foundation.audit.record import Recorder, declared
from foundation.auth.keys import open_ring
from foundation.auth.principal import SYSTEM
from foundation.auth.repository import deployment_id
from foundation.auth.service import Identity
from foundation.auth.sessions import COOKIE
from foundation.auth.start import build_identity
from foundation.cache import Cache, build_cache
from foundation.clock import Clock
from foundation.crypto.derive import AppSecret
from foundation.crypto.ring import KeyRing
from foundation.db.engine import Database
from foundation.db.migrate import core_owner
from foundation.db.standing import compare
from foundation.errors import Unavailable
from foundation.http.assets import Asset, Assets, extension, read_web
from foundation.http.context import Caller
from foundation.http.edge import Edge
from foundation.http.exchange import Application
from foundation.http.headers import api_headers, security_headers
from foundation.http.mount import mount
from foundation.http.openapi import describe
from foundation.http.plan import Plan, plans
from foundation.http.readiness import Finding, Look, Watch
from foundation.plugins.away import away
from foundation.plugins.contributions import HealthCheck, Offer
from foundation.plugins.probe import refresh
from foundation.plugins.registry import Registry
from foundation.plugins.running import running_offer
from foundation.plugins.scan import installed_plugins
from foundation.plugins.services import PluginServices
from foundation.plugins.start import running_plugins
from foundation.ports import Part, api_description, catalogue, identity, readiness, trail
from foundation.settings import Settings
from foundation.telemetry.line import line
from foundation.telemetry.metrics import set_vault_sealed

REQUESTS = "foundation/idempotency/v1"
"""The purpose of the key under which a repeated request is known again."""


class NotMigrated(Unavailable):
    """503: the database has no tables of this version; nothing can be served on it."""

    code, title = "not_migrated", "The database is not ready for this version"


@dataclass(frozen=True, slots=True)
class Parts:
    """What this process holds open: the pool, the cache, the vault's ring, who is who."""

    settings: Settings
    clock: Clock
    database: Database
    cache: Cache
    ring: KeyRing
    secret: AppSecret
    identity: Identity
    registry: Registry


@dataclass(frozen=True, slots=True)
class App:
    """A running Foundation: an ASGI application, and what a probe and a test may ask of it."""

    asgi: Application
    parts: Parts
    plans: tuple[Plan, ...]
    watch: Watch

    @property
    def registry(self) -> Registry:
        """Every plugin and what became of it."""
        return self.parts.registry

    def readiness(self) -> tuple[Part, ...]:
        """Return how each part is, from what was last seen of it; never waits."""
        return self.watch.parts()


@dataclass(frozen=True, slots=True)
class Description:
    """The API's description, made once; satisfies `foundation.ports.ApiDescription`."""

    made: Mapping[str, Any]  # JSON

    def document(self) -> Mapping[str, Any]:  # JSON
        """Return the OpenAPI document."""
        return self.made


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
            settings.database_url, application_name="foundation/api", observe=_note_statement
        )
        stack.push_async_callback(database.dispose)
        await _require_tables(database)
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
    async with running(settings, clock=clock, environ=environ) as app:
        yield app


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
        ring = await open_ring(db, settings.keyring_file, tables=_tables(registry))
    set_vault_sealed(sealed=ring.is_sealed)
    who = build_identity(
        settings,
        database=database,
        cache=cache,
        deployment=deployment,
        permissions=registry.permissions,
        clock=clock,
    )
    secret = AppSecret(settings.secret_key, deployment=deployment)
    return Parts(settings, clock, database, cache, ring, secret, who, registry)


async def _assembled(parts: Parts, stack: AsyncExitStack) -> App:
    """Put the parts together; *stack* gets what must be let go."""
    settings, registry, watch = parts.settings, parts.registry, Watch()
    is_https = settings.public_url.startswith("https:")
    mounted = plans(registry.routers)
    described = Description(describe(mounted, version=__version__, cookie=COOKIE))
    edge = Edge(
        database=parts.database,
        identify=partial(parts.identity.identify, parts.database.reading),
        services=PluginServices(registry, ring=parts.ring, core=_offers(parts, watch, described)),
        recorder=Recorder(declared(registry.events), parts.clock, __version__),
        clock=parts.clock,
        public_origin=settings.public_origin,
        headers=api_headers(is_https=is_https),
        fingerprint=partial(parts.secret.sign, REQUESTS),
    )
    stack.push_async_callback(edge.units.ended)
    await stack.enter_async_context(watch.over(_looks(parts, edge)))
    assets = Assets(
        inner=mount(mounted, edge, away=away(registry)),
        web=read_web(settings.web_root),
        extensions=_extensions(registry),
        headers=security_headers(is_https=is_https),
    )
    return App(assets, parts, mounted, watch)


def _offers(parts: Parts, watch: Watch, described: Description) -> tuple[Offer[Any], ...]:
    """Return what core itself offers every plugin; each offer is of its own port."""
    return (
        Offer(identity, lambda _: parts.identity),
        Offer(trail, lambda ctx: Trail(ctx.db)),
        Offer(catalogue, lambda _: parts.registry),
        Offer(readiness, lambda _: watch),
        Offer(api_description, lambda _: described),
        running_offer(parts.registry, parts.settings),
    )


def _looks(parts: Parts, edge: Edge) -> Iterator[Look]:
    """Give what is looked at: core's own parts, then what plugins ask to have looked at."""

    async def database() -> Finding:
        await parts.database.ping()
        return Finding(ok=True)

    async def redis() -> Finding:
        ok = await parts.cache.ping()
        return Finding(ok, "" if ok else "it does not answer; sessions come from PostgreSQL")

    async def vault() -> Finding:
        return Finding(not parts.ring.is_sealed, parts.ring.reason or "")

    async def plugins() -> Finding:
        missing = parts.registry.missing(parts.settings.plugins_required)
        return Finding(not missing, f"not started: {', '.join(missing)}" if missing else "")

    async def sign_in() -> Finding:
        return Finding(parts.identity.problem is None, parts.identity.problem or "")

    yield Look("database", database)
    if parts.settings.redis_url is not None:
        yield Look("redis", redis, required=False)
    yield Look("vault", vault)
    yield Look("plugins", plugins)
    yield Look("sign-in", sign_in, required=False)
    for plugin, check in parts.registry.health_checks:
        yield _plugin_look(edge, plugin, check)


def _plugin_look(edge: Edge, plugin: str, check: HealthCheck) -> Look:
    """Return the look for a plugin's own check; it is shown and never decides readiness."""

    async def see() -> Finding:
        async with edge.database.reading() as db:
            health = await check.check(
                edge.context(
                    db,
                    plugin=plugin,
                    principal=SYSTEM,
                    request_id=str(ids.uuid7()),
                    caller=Caller(""),
                    writes=False,
                )
            )
        return Finding(health.ok, health.detail)

    name = f"{plugin}.{check.name}"
    return Look(name, see, required=False, every_s=check.every_s, within_s=check.timeout_s)


def _extensions(registry: Registry) -> dict[str, Asset]:
    """Return the files of every started plugin's pages, by their path."""
    return {
        bundle.url(name): extension(name, file.content)
        for bundle in registry.frontends.values()
        for name, file in bundle.files.items()
    }


def _tables(registry: Registry) -> list[Table]:
    """Return the tables of every started plugin: some may hold what the vault's ring sealed."""
    return [
        table
        for plugin in registry.started
        if plugin.contributions.tables is not None
        for table in plugin.contributions.tables.metadata.tables.values()
    ]


def _note_statement(seconds: float) -> None:
    """Add one statement to the line of the present request."""
    entry = line()
    entry["db_ms"] = round(entry.get("db_ms", 0.0) + seconds * 1000, 2)
    entry["db_n"] = entry.get("db_n", 0) + 1
