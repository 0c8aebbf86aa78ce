"""What the trail says of itself is declared like everything else."""

from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.record import declared
from foundation.audit.shape import detail_problems


def test_each_type_is_the_trails_own_and_sound():
    assert all(event.plugin == "audit" for event in declared(TRAIL_EVENTS).values())
    assert [detail_problems(event.detail) for event in TRAIL_EVENTS] == [[]] * len(TRAIL_EVENTS)
