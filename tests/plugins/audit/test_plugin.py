"""The plugin as a whole: it reads core's trail and keeps nothing of its own."""

from foundation.ports import TRAIL_EVENTS, activity, evidence, handout, runs, trail
from foundation_audit import plugin


def test_it_reads_through_the_port():
    assert plugin.services().needs == (trail, activity, evidence, handout, runs)


def test_it_declares_what_the_trail_says_of_itself():
    assert plugin.audit_events() == TRAIL_EVENTS


def test_it_has_no_tables():
    assert not hasattr(plugin, "tables")


def test_its_section_is_for_those_who_may_read():
    (entry,) = plugin.navigation()

    assert entry.section == "audit"
    assert entry.needs in plugin.permissions()
