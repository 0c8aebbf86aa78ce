"""Core's own pages get the registry through a port, as anything is got."""

from foundation.plugins.registry import Loaded, Registry, State
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


def test_what_the_warden_keeps_out_shows_in_the_registry(tmp_path):
    changed = Registry((Loaded("orders", "d", "1", State.QUARANTINED),))

    class Warden:
        def marked(self, registry):
            return changed

    settings = read_settings(ENVIRON | {"FOUNDATION_DATA": str(tmp_path)})

    given = running_offer(Registry(()), settings, Warden()).factory(None)

    assert given.registry is changed
