"""What core's own sections see of the start: the registry and what the shell runs on."""

from dataclasses import dataclass, field

from foundation.plugins.contributions import Offer
from foundation.plugins.registry import Registry
from foundation.plugins.shared import SharedMap, read_shared
from foundation.plugins.warden import Warden
from foundation.plugins.words import Words, words_of
from foundation.ports import Port
from foundation.settings import Settings


@dataclass(frozen=True, slots=True)
class Running:
    """The plugins of this worker and the few facts about the product that the shell shows."""

    at_start: Registry
    shared: SharedMap
    environment: str
    required: tuple[str, ...]
    warden: Warden | None = None
    product: str = "Foundation"
    words: Words = field(default_factory=dict)

    @property
    def registry(self) -> Registry:
        """The plugins as they are now, those in quarantine among them."""
        return self.warden.marked(self.at_start) if self.warden else self.at_start


running = Port[Running]("core.running", 1)


def running_offer(
    registry: Registry, settings: Settings, warden: Warden | None = None
) -> Offer[Running]:
    """Return the offer of `running`, for `foundation.plugins.services.PluginServices`."""
    value = Running(
        registry,
        read_shared(settings.web_root),
        settings.environment,
        settings.plugins_required,
        warden,
        settings.product_name,
        words_of(registry),
    )
    return Offer(running, lambda _ctx: value)
