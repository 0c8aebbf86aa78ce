"""The placeholder of Recos: one entry, one sentence, nothing else."""

from foundation.sdk import Placeholder, SignedIn
from foundation_recos_stub import plugin


def test_it_keeps_the_place_of_recos():
    (entry,) = plugin.navigation()

    assert entry.section == "recos"
    assert isinstance(entry.page, Placeholder)


def test_it_says_how_to_fill_the_place():
    (entry,) = plugin.navigation()

    assert entry.page.install == "pip install foundation-recos"


def test_anybody_signed_in_sees_it():
    (entry,) = plugin.navigation()

    assert isinstance(entry.needs, SignedIn)


def test_its_id_is_not_the_section_so_that_a_real_plugin_can_have_it():
    assert plugin.manifest.id == "recos_stub"
