"""Ports are found by name and major, under the provider's id, and only by those who said so."""

from dataclasses import dataclass

import pytest

from foundation.errors import Unavailable
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import Offer, Services
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.services import PluginServices, UndeclaredPort
from foundation.plugins.settings import PluginSettings
from foundation.ports import Port

COUNTER = Port[object]("stock.counter", 1)
MAILER = Port[object]("mail.mailer", 1)
CORE = Port[object]("core.thing", 1)


@dataclass(frozen=True)
class FakeContext:
    """The two things of a context that finding a port needs."""

    plugin: str

    def acting_as(self, plugin):
        return FakeContext(plugin)


class FakeRing:
    """A ring that says for whom it was asked."""

    def for_plugin(self, plugin):
        return f"ring of {plugin}"


class Mine(PluginSettings):
    url: str = "x"


def loaded(id, services=None, settings=None):
    added = Contributions(services=services or Services(), settings=settings)
    return Loaded(id, id, "1", State.STARTED, contributions=added)


@pytest.fixture
def services():
    registry = Registry(
        (
            loaded(
                "stock", Services(offers=(Offer(COUNTER, lambda ctx: ("counted by", ctx.plugin)),))
            ),
            loaded("orders", Services(needs=(COUNTER,), wants=(MAILER,)), Mine(url="y")),
            loaded("stranger"),
        )
    )
    return PluginServices(registry, ring=FakeRing(), core=[Offer(CORE, lambda ctx: ctx.plugin)])


def test_a_port_is_made_by_its_provider_under_the_providers_id(services):
    assert services.get(FakeContext("orders"), COUNTER) == ("counted by", "stock")


def test_a_provider_may_ask_for_its_own_port(services):
    assert services.get(FakeContext("stock"), COUNTER) == ("counted by", "stock")


def test_what_is_wanted_may_be_absent_and_what_is_got_may_not(services):
    assert services.find(FakeContext("orders"), MAILER) is None
    with pytest.raises(Unavailable, match=r"mail\.mailer"):
        services.get(FakeContext("orders"), MAILER)


def test_a_port_nobody_declared_is_a_fault_of_the_author(services):
    with pytest.raises(UndeclaredPort, match=r"stranger does not name stock\.counter"):
        services.find(FakeContext("stranger"), COUNTER)


def test_cores_own_ports_are_for_everybody(services):
    assert services.get(FakeContext("stranger"), CORE) == "stranger"


def test_settings_are_those_the_plugin_declared(services):
    assert services.settings("orders", Mine).url == "y"
    with pytest.raises(TypeError, match="stock declares no settings"):
        services.settings("stock", Mine)


def test_each_plugin_has_its_own_ring(services):
    assert services.keyring("orders") == "ring of orders"
