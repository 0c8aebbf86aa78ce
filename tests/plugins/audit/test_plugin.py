"""The plugin as a whole: it reads core's trail and keeps what people look for."""

from foundation.ports import TRAIL_EVENTS, activity, evidence, handout, runs, trail
from foundation_audit import events, plugin


def test_it_reads_through_the_port():
    assert plugin.services().needs == (trail, activity, evidence, handout, runs)


def test_it_declares_what_the_trail_says_of_itself_and_what_it_does():
    assert plugin.audit_events() == (*TRAIL_EVENTS, *events.ALL)


def test_its_tables_have_a_history():
    assert [*plugin.tables().migrations.glob("audit_*.py")]


def test_its_section_is_for_those_who_may_read():
    (entry,) = plugin.navigation()

    assert entry.section == "audit"
    assert entry.needs in plugin.permissions()
