"""A slot through crashes and generations, without a process."""

import socket

import pytest

from foundation.supervisor.slot import Slot
from foundation.supervisor.timing import Timing


class FakeChild:
    def __init__(self, slot, series, now):
        self.slot, self.series, self.born = slot, series, now
        self.ready_at = self.told_at = None

    def stop(self, now):
        self.told_at = now


class FakeRecipe:
    def start(self, *, listener, slot, series, now):
        return FakeChild(slot, series, now)


class FakeHold:
    def listener(self):
        return socket.socket()


@pytest.fixture
def slot():
    made = Slot(1, FakeRecipe(), FakeHold(), Timing())
    yield made
    made.close()


def ready(slot, now=0.0):
    child = slot.start(now)
    child.ready_at = now
    return child


def test_a_healthy_worker_is_started_again_at_once_on_a_socket_that_nobody_waits_at(slot):
    child = ready(slot)
    before = slot.listener

    assert slot.crashed(child, 5.0) == 0
    assert slot.restart_at == 5.0
    assert (slot.listener, before.fileno()) == (None, -1)  # closed: who waited there goes on
    slot.start(5.0)
    assert slot.listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN) == 0


def test_one_that_crashes_again_waits_with_its_socket_closed(slot):
    waits = [slot.crashed(ready(slot, now), now) for now in range(4)]

    assert waits == [0, 1, 2, 4]
    assert slot.listener is None


def test_one_that_never_was_ready_waits_from_the_first_time(slot):
    assert slot.crashed(slot.start(0.0), 1.0) == 1.0
    assert slot.listener is None


def test_a_minute_of_health_forgives(slot):
    for now in range(3):
        slot.crashed(ready(slot, now), now)
    child = ready(slot, 10.0)

    assert slot.crashed(child, 71.0) == 0


def test_a_crash_of_the_same_generation_keeps_the_metric_files(slot):
    first = ready(slot)
    slot.crashed(first, 1.0)

    assert slot.start(1.0).series == first.series == 2


def test_generations_take_turns_with_the_metric_files(slot):
    first = ready(slot)
    second = slot.start_next(1.0)
    slot.promote(2.0)
    slot.leaving.clear()
    third = slot.start_next(3.0)

    assert (first.series, second.series, third.series) == (2, 3, 2)
    assert first.told_at == 2.0


def test_a_third_generation_waits_for_the_first_to_leave(slot):
    ready(slot)
    slot.start_next(1.0)
    slot.promote(2.0)

    assert slot.start_next(3.0) is None


def test_when_the_next_one_fails_the_present_one_stays(slot):
    first = ready(slot)
    slot.start_next(1.0)
    slot.give_up_next(2.0)

    assert slot.current is first
    assert slot.start_next(3.0).series == 3


def test_when_both_generations_fail_the_slot_is_started_anew(slot):
    first = ready(slot)
    slot.start_next(1.0)
    slot.crashed(first, 2.0)
    while_coming = slot.restart_at
    slot.give_up_next(3.0)

    assert while_coming is None
    assert slot.restart_at is not None
    assert slot.start(slot.restart_at).series == first.series


def test_five_crashes_within_a_minute_are_a_loop(slot):
    before = True
    for now in range(5):
        before = slot.is_looping(now)
        slot.crashed(ready(slot, now), now)

    assert before is False
    assert slot.is_looping(5.0)
    assert not slot.is_looping(120.0)
