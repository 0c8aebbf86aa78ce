"""Services: finds what plugins offer each other, their settings, and their part of the key ring."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

from foundation.crypto.ring import KeyRing, SubRing
from foundation.errors import Unavailable
from foundation.http.context import Context, S
from foundation.plugins.attributed import attributed
from foundation.plugins.contributions import Offer
from foundation.plugins.registry import Registry
from foundation.ports import Port
from foundation.telemetry.acting import acting

T = TypeVar("T")


class UndeclaredPort(RuntimeError):
    """A plugin asked for a port that its ``services`` hook does not name: a fault of its author."""


class PluginServices:
    """What `Context` asks; built once from the registry, and frozen with it.

    *core* are core's own offers (``core.*``), which every plugin may ask for.
    """

    __slots__ = ("_core", "_declared", "_offers", "_ring", "_settings")

    def __init__(
        self,
        registry: Registry,
        *,
        ring: KeyRing,
        core: Iterable[Offer[Any]] = (),  # each offer is of its own port
    ) -> None:
        self._ring = ring
        self._core = {offer.port: offer for offer in core}
        self._offers: Mapping[Port[Any], tuple[str, Offer[Any]]] = registry.offers
        self._settings = registry.settings
        self._declared = {
            plugin.id: frozenset(
                (
                    *plugin.contributions.services.needs,
                    *plugin.contributions.services.wants,
                    *(offer.port for offer in plugin.contributions.services.offers),
                )
            )
            for plugin in registry.started
        }

    def get(self, ctx: Context, port: Port[T]) -> T:
        """Return what is offered for *port*.

        Raises `Unavailable` when nobody started offers it, `UndeclaredPort` when the asking
        plugin did not say that it would.
        """
        found = self.find(ctx, port)
        if found is None:
            raise Unavailable(f"nothing offers {port.name} now", port=port.name)
        return found

    def find(self, ctx: Context, port: Port[T]) -> T | None:
        """Return what is offered for *port*, or None; raises `UndeclaredPort`.

        The provider's code runs under the provider's id.
        """
        own = self._core.get(port)
        if own is not None:
            return cast("T", own.factory(ctx))
        if port not in self._declared.get(ctx.plugin, frozenset()):
            raise UndeclaredPort(f"{ctx.plugin} does not name {port.name} in its services hook")
        offered = self._offers.get(port)
        if offered is None:
            return None
        provider, offer = offered
        with acting(provider):
            given = offer.factory(ctx.acting_as(provider))
        return attributed(cast("T", given), provider)

    def settings(self, plugin: str, model: type[S]) -> S:
        """Return the settings of *plugin*; raises `TypeError` for a model it did not declare."""
        found = self._settings.get(plugin)
        if not isinstance(found, model):
            raise TypeError(f"{plugin} declares no settings of the type {model.__name__}")
        return found

    def keyring(self, plugin: str) -> SubRing:
        """Return the sub-ring under which *plugin* seals."""
        return self._ring.for_plugin(plugin)
