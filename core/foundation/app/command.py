"""A command of a plugin: done on the host in one transaction, told as by whoever typed it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import __version__, ids
from foundation.app.offers import desk_of
from foundation.audit import guard
from foundation.audit.events import Event
from foundation.audit.guard import AuditMissing
from foundation.audit.reader import Trail
from foundation.audit.record import Recorder, declared
from foundation.audit.start import build_recorder
from foundation.auth.directory import People
from foundation.auth.keys import open_ring
from foundation.auth.principal import Principal
from foundation.auth.repository import deployment_id
from foundation.auth.trail_seal import seal_with
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.crypto.ring import KeyRing
from foundation.db.engine import Database
from foundation.db.migrate import core_owner
from foundation.db.standing import compare
from foundation.errors import FoundationError
from foundation.http.apart import Apart, apart
from foundation.http.context import Caller, Context
from foundation.http.edge import source_of
from foundation.plugins.alone import load_alone
from foundation.plugins.blame import where_of
from foundation.plugins.contributions import Command, Offer
from foundation.plugins.dependencies import spoken
from foundation.plugins.fit import fit
from foundation.plugins.ledger import remember_in
from foundation.plugins.quarantine import kept_parts
from foundation.plugins.registry import Loaded, Registry, plugin_tables
from foundation.plugins.scan import Installed
from foundation.plugins.services import PluginServices
from foundation.plugins.warden import with_quarantine
from foundation.ports import catalogue, people, runs, trail
from foundation.settings import Settings
from foundation.telemetry.acting import acting
from foundation.telemetry.logging import logger


class CommandRefused(Exception):
    """It was not done, and nothing of it is kept; *problems* has one line each."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True, slots=True)
class Order:
    """What was typed: a command of a plugin with its parameters, and *by* whom."""

    plugin: str
    name: str
    params: BaseModel
    by: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where plugins are found: the variables, what is installed, and what harms a process."""

    environ: Mapping[str, str]
    installed: Sequence[Installed]
    dangerous: Mapping[str, str]


async def perform(settings: Settings, database: Database, order: Order, *, place: Place) -> str:
    """Do what *order* says and return what it says to whoever typed it.

    Raises `CommandRefused` with every reason; an exception of the plugin is told by its kind and
    its line, never with its words, which may hold anything.
    """
    registry = await _registry(settings, database, order.plugin, place)
    plugin = started(registry, order.plugin)
    command = next(one for one in plugin.contributions.commands if one.name == order.name)
    async with database.transaction() as db:
        ring = await open_ring(db, settings.keyring_file, tables=plugin_tables(registry))
        secret = AppSecret(settings.secret_key, deployment=await deployment_id(db))
    recorder = build_recorder(
        settings,
        declared(registry.events),
        clock=SystemClock(),
        secret=secret,
        app_version=__version__,
    )
    await seal_with(database, settings)
    desk = _Desk(database, registry, ring, recorder)
    try:
        return await _in_transaction(desk, command, order)
    except FoundationError as refused:
        fields = (f"{field.pointer}: {field.detail}" for field in refused.errors)
        raise CommandRefused(refused.detail or refused.title, *fields) from None
    except AuditMissing as missing:
        raise CommandRefused(f"undone: {missing}") from None
    except DBAPIError:
        raise
    except Exception as fault:
        where = where_of(fault, module=plugin.module)
        told = f"{order.plugin} {order.name} failed and was undone: {where}"
        raise CommandRefused(told) from fault


def started(registry: Registry, id: str) -> Loaded:
    """Return the plugin *id*, which works; raises `CommandRefused` with why it does not."""
    found = registry.find(id)
    if found is None:
        raise CommandRefused(f"{id}: no plugin of this id is installed")
    if not found.is_started:
        reason = f"{id} is {spoken(found.state)}: {found.reason}"
        raise CommandRefused(reason, *([f"mend: {found.mend}"] if found.mend else []))
    return found


async def _registry(settings: Settings, database: Database, id: str, place: Place) -> Registry:
    async with database.reading() as db:
        (standing,) = await compare(db, [core_owner()])
        if not standing.ok:
            why = standing.reason or f"the tables of the database are {standing.state}"
            raise CommandRefused(why, "mend: foundation db upgrade")
        memory = await remember_in(db)
        kept = (await kept_parts(db)).values()
    loaded = load_alone(
        id,
        settings,
        installed=place.installed,
        environ=place.environ,
        memory=memory,
        dangerous=place.dangerous,
    )
    return with_quarantine(await fit(loaded, database), kept)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a command works with."""

    database: Database
    registry: Registry
    ring: KeyRing
    recorder: Recorder

    def context(self, db: AsyncSession, order: Order) -> Context:
        return Context(
            request_id=str(ids.uuid7()),
            principal=Principal("system", name=order.by),
            plugin=order.plugin,
            db=db,
            clock=self.recorder.clock,
            log=logger(order.plugin).bind(command=order.name),
            caller=Caller(""),
            services=PluginServices(self.registry, ring=self.ring, core=self.offers()),
            recorder=self.record,
        )

    def offers(self) -> Iterable[Offer[Any]]:  # each is of its own port
        """Return what core offers on the host: what asks for no server."""
        return (
            Offer(apart, lambda ctx: Apart(ctx, self.database, self.record)),
            Offer(catalogue, lambda _: self.registry),
            Offer(people, lambda ctx: People(ctx.db)),
            Offer(trail, lambda ctx: Trail(ctx.db)),
            Offer(runs, lambda ctx: desk_of(ctx, self.registry.jobs)),
        )

    def record(self, ctx: Context, event: Event) -> None:
        self.recorder.record(ctx.db, event, source_of(ctx))


async def _in_transaction(desk: _Desk, command: Command, order: Order) -> str:
    async with desk.database.transaction() as db:
        guard.watch(db)
        with acting(order.plugin):
            return await command.run(desk.context(db, order), order.params)
