"""Signals as bytes."""

import os
import select
import signal

from foundation.supervisor.signals import signals_as_bytes


def test_a_signal_arrives_as_a_byte():
    with signals_as_bytes() as heard:
        os.kill(os.getpid(), signal.SIGHUP)
        select.select([heard], [], [], 60)

        assert os.read(heard, 100) == bytes([signal.SIGHUP])


def test_handlers_are_as_before_afterwards():
    before = signal.getsignal(signal.SIGINT)
    with signals_as_bytes():
        assert signal.getsignal(signal.SIGINT) is not before

    assert signal.getsignal(signal.SIGINT) is before
