"""What plugins hold open while a worker runs: entered in order, left in reverse."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from structlog.typing import FilteringBoundLogger

from foundation.plugins.blame import told, trace_of
from foundation.plugins.contributions import Lifespan
from foundation.plugins.dependencies import settled
from foundation.plugins.registry import Loaded, Registry, State
from foundation.telemetry.acting import acting
from foundation.telemetry.logging import logger

T = TypeVar("T")

Held = AbstractAsyncContextManager[None]


@dataclass(frozen=True, slots=True)
class RunningPlatform:
    """What one plugin's lifespan may use; see `foundation.plugins.contributions.Platform`."""

    loaded: Loaded
    log: FilteringBoundLogger

    @property
    def plugin(self) -> str:
        """The id of the plugin."""
        return self.loaded.id

    def settings(self, model: type[T]) -> T:
        """Return the plugin's settings; raises `TypeError` for a model it did not declare."""
        found = self.loaded.contributions.settings
        if not isinstance(found, model):
            raise TypeError(f"{self.plugin} declares no settings of the type {model.__name__}")
        return found


@asynccontextmanager
async def entered(registry: Registry) -> AsyncIterator[Registry]:
    """Enter every lifespan, and give the registry with those marked `failed` that could not be.

    A plugin whose dependency failed is not entered. On leaving, a plugin that raises or takes
    too long is logged and the others are left all the same.
    """
    held: list[tuple[Loaded, Held]] = []
    try:
        for id in [plugin.id for plugin in registry.started]:
            plugin = registry.find(id)
            if plugin is None or not plugin.is_started:
                continue
            lifespan = plugin.contributions.lifespan
            if lifespan is None:
                continue
            try:
                held.append((plugin, await _enter(plugin, lifespan)))
            except Exception as error:  # noqa: BLE001  # a plugin's code may raise anything
                registry = settled(registry.marked({id: _failed(plugin, lifespan, error)}))
        yield registry
    finally:
        for plugin, manager in reversed(held):
            await _leave(plugin, manager)


async def _enter(plugin: Loaded, lifespan: Lifespan) -> Held:
    with acting(plugin.id):  # what it starts in there is its own too
        return await _entered(plugin, lifespan)


async def _entered(plugin: Loaded, lifespan: Lifespan) -> Held:
    async with asyncio.timeout(lifespan.timeout_s):
        manager = lifespan.enter(RunningPlatform(plugin, logger(plugin.id)))
        await manager.__aenter__()
    return manager


async def _leave(plugin: Loaded, manager: Held) -> None:
    lifespan = plugin.contributions.lifespan
    assert lifespan is not None  # it was entered
    try:
        async with asyncio.timeout(lifespan.timeout_s):
            await manager.__aexit__(None, None, None)
    except Exception as error:  # noqa: BLE001  # the others are left all the same
        logger(plugin.id).error("plugin_left_badly", exc_info=error)


def _failed(plugin: Loaded, lifespan: Lifespan, error: Exception) -> Loaded:
    reason = f"its lifespan raised {told(error, module=plugin.module)}"
    if isinstance(error, TimeoutError):
        reason = f"its lifespan did not start within {lifespan.timeout_s} s"
    return replace(
        plugin,
        state=State.FAILED,
        reason=reason,
        mend=f"foundation plugin check {plugin.id}",
        trace=trace_of(error, module=plugin.module),
    )
