"""What core's own sections see of the start: the registry and what the shell runs on."""

from dataclasses import dataclass

from foundation.plugins.contributions import Offer
from foundation.plugins.registry import Registry
from foundation.plugins.shared import SharedMap, read_shared
from foundation.ports import Port
from foundation.settings import Settings


@dataclass(frozen=True, slots=True)
class Running:
    """The registry of this worker and the few facts about the product that the shell shows."""

    registry: Registry
    shared: SharedMap
    environment: str
    required: tuple[str, ...]


running = Port[Running]("core.running", 1)


def running_offer(registry: Registry, settings: Settings) -> Offer[Running]:
    """Return the offer of `running`, for `foundation.plugins.services.PluginServices`."""
    value = Running(
        registry,
        read_shared(settings.web_root),
        settings.environment,
        settings.plugins_required,
    )
    return Offer(running, lambda _ctx: value)
