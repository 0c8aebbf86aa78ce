"""A fake in the place of another plugin's port."""

from foundation.ports import credential_directory, tally
from foundation.testing import stand_ins


def test_it_offers_what_a_test_gave_and_nothing_without():
    fake = object()
    token = stand_ins.given.set({tally("shop"): fake})
    offers = stand_ins.services().offers
    stand_ins.given.reset(token)

    assert [offer.port for offer in offers] == [tally("shop")]
    assert offers[0].factory(None) is fake
    assert stand_ins.services().offers == ()


class NoCredential:
    async def held_by(self, plugin, ref):
        return []


async def test_a_plugin_gets_the_fake_through_its_port(port, platform):
    port(credential_directory, NoCredential())

    app = await platform("projects")

    assert {one.id for one in app.registry.started if not one.builtin} == {"projects", "stand_ins"}
    assert app.registry.offers[credential_directory][0] == "stand_ins"
