"""A plugin of the tests alone: it offers what a test gives in place of another plugin's port."""

from contextvars import ContextVar
from typing import Any

from foundation.plugins.contributions import Manifest, Offer, Services
from foundation.plugins.hookspecs import hook
from foundation.ports import Port

manifest = Manifest(id="stand_ins", title="Stand-ins of a test", api=">=1.0,<2")

Given = dict[Port[Any], Any]  # each fake is of its own port
given: ContextVar[Given] = ContextVar("given", default={})  # noqa: B039  # never changed in place


@hook
def services() -> Services:
    """Offer each fake for its port."""
    return Services(offers=tuple(_offer(port, fake) for port, fake in given.get().items()))


def _offer(port: Port[Any], fake: object) -> Offer[Any]:
    return Offer(port, lambda _ctx: fake)
