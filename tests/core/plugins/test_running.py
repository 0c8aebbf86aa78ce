"""Core's own pages get the registry through a port, as anything is got."""

from foundation.plugins.registry import Registry
from foundation.plugins.running import running, running_offer
from foundation.settings import read_settings

ENVIRON = {
    "FOUNDATION_PUBLIC_URL": "http://localhost:3000",
    "FOUNDATION_DATABASE_URL": "postgresql://u:p@localhost/x",
    "FOUNDATION_SECRET_KEY": "k",
    "FOUNDATION_OIDC_ISSUER": "http://localhost:9",
    "FOUNDATION_OIDC_CLIENT_ID": "c",
    "FOUNDATION_PLUGINS_REQUIRED": "audit,credentials",
}


def test_the_offer_gives_the_registry_and_the_facts_of_the_product(tmp_path):
    registry = Registry(())
    settings = read_settings(ENVIRON | {"FOUNDATION_DATA": str(tmp_path)})

    offer = running_offer(registry, settings)

    given = offer.factory(None)
    assert offer.port == running
    assert given.registry is registry
    assert (given.environment, given.required) == ("production", ("audit", "credentials"))
