"""Contributions are frozen data with defaults that open nothing."""

import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import MetaData

from foundation.auth.permissions import SignedIn
from foundation.plugins import contributions
from foundation.plugins.contributions import Manifest, NavEntry, Offer, Services, Tables
from foundation.plugins.pages import ResourcePage
from foundation.ports import Port

SHAPES = [
    thing
    for thing in vars(contributions).values()
    if dataclasses.is_dataclass(thing) and thing.__module__ == contributions.__name__
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_contribution_is_frozen_and_has_slots(shape):
    assert shape.__dataclass_params__.frozen
    assert "__dict__" not in dir(shape)


def test_a_manifest_needs_no_other_plugin_by_itself():
    manifest = Manifest(id="things", title="Things", api=">=1,<2")

    assert (manifest.requires, manifest.after) == ((), ())


def test_an_entry_is_an_extra_one_below_the_bundled_ones():
    entry = NavEntry("things", "Things", "box", SignedIn("all may look"), ResourcePage("thing"))

    assert (entry.group, entry.weight) == ("extra", 100)


def test_a_plugin_that_offers_and_needs_nothing_is_complete():
    assert Services() == Services(offers=(), needs=(), wants=())


def test_an_offer_makes_what_its_port_promises():
    offer = Offer(Port[str]("things.namer", 1), lambda _: "name")

    assert offer.factory(None) == "name"


def test_tables_are_metadata_and_the_folder_of_their_revisions():
    tables = Tables(MetaData(schema="things"), Path("migrations"))

    assert (tables.metadata.schema, tables.migrations.name) == ("things", "migrations")
