"""The warden: sees in one worker what fails too often, and keeps out what the ledger puts away."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from foundation.beside import running_beside
from foundation.clock import Clock
from foundation.db.engine import Database
from foundation.errors import FoundationError
from foundation.plugins import quarantine
from foundation.plugins.away import PluginAway, PluginQuarantined
from foundation.plugins.blame import where_of
from foundation.plugins.breaker import WINDOW_S, Breaker, Row
from foundation.plugins.quarantine import ROUTES, Kept, Key
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.workers import EVERY_S, forget_plan, plan_digest, tell_plan, this_worker
from foundation.telemetry.logging import logger
from foundation.telemetry.metrics import count_plugin_failure, set_plugin_state

LOOK_S = 2.0
"""How often a worker reads the ledger; all agree well within five seconds."""

FAULTS_APART_S = 5.0
"""The last fault of a plugin is written at most this often."""


@dataclass(slots=True)
class Warden:
    """Keeps faults of plugins apart; satisfies `foundation.http.keeper.Keeper`.

    Core's own sections are never put away: without them nobody could see or mend anything.
    """

    registry: Registry
    database: Database
    clock: Clock
    monotonic: Callable[[], float] = time.monotonic
    _kept: Mapping[Key, Kept] = field(default_factory=dict)
    _breakers: dict[str, Breaker] = field(default_factory=dict)
    _rows: dict[Key, Row] = field(default_factory=dict)
    _told: dict[str, float] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def admit(self, plugin: str) -> "Pass":
        """Return leave for one request; raises `PluginQuarantined` while the routes are away."""
        if (plugin, ROUTES) not in self._kept:
            return Pass(self, plugin)
        if await self.may_probe(plugin, ROUTES):
            return Pass(self, plugin, is_probe=True)
        raise self._away(plugin)

    def is_kept(self, plugin: str, part: str) -> bool:
        """Tell whether a part of a plugin is in quarantine."""
        return (plugin, part) in self._kept

    async def may_probe(self, plugin: str, part: str) -> bool:
        """Tell whether the caller is the one that may try a part in quarantine again now."""
        kept = self._kept.get((plugin, part))
        if kept is None or self.clock.now() < kept.probe_at:
            return False
        async with self.database.transaction() as db:
            return await quarantine.claim_probe(db, plugin, part)

    def route_ended(
        self, plugin: str, fault: Exception | None, *, request_id: str, is_probe: bool
    ) -> None:
        """Hear how a request to *plugin* ended; enough faults put its routes away."""
        loaded = self.registry.find(plugin)
        if loaded is None or loaded.builtin:
            return
        if fault is not None:
            count_plugin_failure(plugin, ROUTES)
            self._note_fault(loaded, fault, request_id)
        if is_probe:
            self._spawn(self._probed(plugin, ROUTES, failed=fault is not None))
            return
        breaker = self._breakers.setdefault(plugin, Breaker())
        if breaker.note(self.monotonic(), failed=fault is not None):
            breaker.reset()
            reason = f"too many of its requests failed within {WINDOW_S:g} s"
            self._spawn(self._put_away(plugin, ROUTES, reason))

    def part_ended(
        self, plugin: str, part: str, fault: BaseException | str | None, *, is_probe: bool = False
    ) -> None:
        """Hear how a run of a part ended; five failures in a row put that part away.

        For whatever runs parts: health checks, jobs (whose fault is known by its name only),
        subscriptions.
        """
        failed = fault is not None
        if failed:
            count_plugin_failure(plugin, part)
        if is_probe:
            self._spawn(self._probed(plugin, part, failed=failed))
            return
        row = self._rows.setdefault((plugin, part), Row())
        if row.note(failed=failed):
            row.failures = 0
            kind = fault if isinstance(fault, str) else type(fault).__name__
            reason = f"failed five times in a row, last with {kind}"
            self._spawn(self._put_away(plugin, part, reason))

    def marked(self, registry: Registry) -> Registry:
        """Return *registry* as it is now: plugins whose routes are away are `quarantined`."""
        return with_quarantine(registry, self._kept.values())

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Read the ledger every two seconds, and tell it which plan runs here, until the end."""
        worker, plan = this_worker(), plan_digest(self.registry)
        await self.look()
        async with self.database.transaction() as db:
            await tell_plan(db, plan, worker=worker)
        looking = _again(self.look, LOOK_S)
        telling = _again(lambda: self._tell(plan, worker), EVERY_S)
        try:
            async with running_beside(looking, telling):
                yield
        finally:
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await _quietly(self._forget(worker))

    async def look(self) -> None:
        """Read what the ledger keeps out now."""
        async with self.database.reading() as db:
            now = await quarantine.kept_parts(db)
        for plugin, part in {*self._kept, *now}:
            if part == ROUTES and ((plugin, part) in self._kept) != ((plugin, part) in now):
                state = State.QUARANTINED if (plugin, part) in now else State.STARTED
                set_plugin_state(plugin, state.value)
        self._kept = now

    async def _tell(self, plan: str, worker: str) -> None:
        async with self.database.transaction() as db:
            await tell_plan(db, plan, worker=worker)

    async def _forget(self, worker: str) -> None:
        async with self.database.transaction() as db:
            await forget_plan(db, worker=worker)

    async def _put_away(self, plugin: str, part: str, reason: str) -> None:
        async with self.database.transaction() as db:
            first = await quarantine.put_away(db, plugin, part, reason=reason)
        if first:
            logger(plugin).error("plugin_quarantined", part=part, reason=reason)
        await self.look()

    async def _probed(self, plugin: str, part: str, *, failed: bool) -> None:
        async with self.database.transaction() as db:
            if failed:
                await quarantine.probe_failed(db, plugin, part)
            else:
                await quarantine.probe_passed(db, plugin, part)
        await self.look()

    def _note_fault(self, loaded: Loaded, fault: Exception, request_id: str) -> None:
        now = self.monotonic()
        if now - self._told.get(loaded.id, -FAULTS_APART_S) < FAULTS_APART_S:
            return
        self._told[loaded.id] = now
        words = where_of(fault, module=loaded.module)
        self._spawn(self._write_fault(loaded.id, words, request_id))

    async def _write_fault(self, plugin: str, words: str, request_id: str) -> None:
        async with self.database.transaction() as db:
            await quarantine.note_fault(db, plugin, words, request_id=request_id)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_quietly(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _away(self, plugin: str) -> PluginAway:
        loaded = self.registry.find(plugin)
        title = loaded.title if loaded else plugin
        return PluginQuarantined(
            f"{title} failed too often and rests for a while",
            headers={"Retry-After": "60"},
            plugin=plugin,
            command=_mend(plugin),
        )


@dataclass(frozen=True, slots=True)
class Pass:
    """Leave for one request; satisfies `foundation.http.keeper.Ticket`."""

    warden: Warden
    plugin: str
    is_probe: bool = False

    def ended(self, fault: Exception | None, *, request_id: str) -> None:
        """Hear how the request ended."""
        self.warden.route_ended(self.plugin, fault, request_id=request_id, is_probe=self.is_probe)


def with_quarantine(registry: Registry, kept: Iterable[Kept]) -> Registry:
    """Return *registry* with every started plugin whose routes are *kept* `quarantined`."""
    changed = {
        one.plugin: _quarantined(loaded, one)
        for one in kept
        if one.part == ROUTES
        and (loaded := registry.find(one.plugin)) is not None
        and loaded.is_started
    }
    return registry.marked(changed) if changed else registry


def _quarantined(loaded: Loaded, kept: Kept) -> Loaded:
    return replace(loaded, state=State.QUARANTINED, reason=kept.reason, mend=_mend(loaded.id))


def _mend(plugin: str) -> str:
    return f"foundation plugin enable {plugin} --rearm"


async def _again(work: Callable[[], Coroutine[Any, Any, None]], every_s: float) -> None:
    while True:
        await asyncio.sleep(every_s)
        await _quietly(work())


async def _quietly(work: Coroutine[Any, Any, None]) -> None:
    """Do it, and go on when the database is away: quarantine must not fail a request."""
    try:
        await work
    except FoundationError as away:
        logger().warning("quarantine_not_written", reason=away.title)
    except Exception as fault:  # noqa: BLE001  # a fault here must not end the loop
        logger().error("quarantine_failed", exc_info=fault)
