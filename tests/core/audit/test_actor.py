"""Whoever an event says did it."""

import dataclasses

import pytest

from foundation.audit.actor import Actor, Source


def test_a_stranger_has_no_id_and_no_session():
    assert (Actor("anonymous").id, Actor("anonymous").session) == (None, None)


def test_a_source_does_not_change_afterwards():
    source = Source(Actor("system"), "things", "r")

    with pytest.raises(dataclasses.FrozenInstanceError):
        source.plugin = "other"  # type: ignore[misc]  # the fault under test
